const listeners = new Set<() => void>();

/** Tells whoever shows this page's session that the browser's is somebody else's by now. */
export const otherMember = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  tell(): void {
    for (const listener of listeners) listener();
  },
};
