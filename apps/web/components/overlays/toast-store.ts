export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo?: () => void;
}

/** One at a time: a second message replaces the first. Long enough to read a sentence and reach for the key. */
const toastSeconds = 6;

let current: Toast | null = null;
let nextId = 1;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(toast: Toast | null): void {
  clearTimeout(timer);
  current = toast;
  if (toast) timer = setTimeout(() => set(null), toastSeconds * 1000);
  for (const listener of listeners) listener();
}

export const toasts = {
  read: (): Toast | null => current,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  show(text: string, undo?: () => void): void {
    set({ id: nextId++, text, ...(undo ? { undo } : {}) });
  },
  hide(): void {
    set(null);
  },
};
