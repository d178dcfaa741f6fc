let met = false;
const listeners = new Set<() => void>();

/** Whether the API that answers this page is of another version than the page. */
export const otherVersion = {
  read: (): boolean => met,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  tell(isMet: boolean): void {
    met = isMet;
    for (const listener of listeners) listener();
  },
};
