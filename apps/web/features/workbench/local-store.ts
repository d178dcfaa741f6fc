/** What this browser keeps for a page, where it keeps anything: some private windows and full disks do not. */
export interface LocalStore {
  readonly read: (key: string) => string | null;
  /** Null takes it away. */
  readonly write: (key: string, value: string | null) => void;
}

/** Until the page is closed, where the browser keeps nothing. */
const kept = new Map<string, string>();

export const localStore: LocalStore = {
  read(key) {
    try {
      return localStorage.getItem(key) ?? kept.get(key) ?? null;
    } catch {
      return kept.get(key) ?? null;
    }
  },
  write(key, value) {
    kept.delete(key);
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      if (value !== null) kept.set(key, value);
    }
  },
};
