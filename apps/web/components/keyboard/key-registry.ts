/** A key of the present screen. */
export interface KeyBinding {
  /** As `shortcutOf` names it: `1`, `z`, `?`, `Escape`, `mod+k`. */
  readonly key: string;
  /** What it does, in the reader's language, for the `?` sheet. Without it the key works but is not listed. */
  readonly label?: string;
  /** `at`: when the key went down, on the clock of `performance.now()`; a busy page may come to it much later. */
  readonly run: (at: number) => void;
}

interface Snapshot {
  /** One list a mounted screen or control, the innermost last. */
  readonly layers: readonly (readonly KeyBinding[])[];
  readonly used: ReadonlySet<string>;
}

/** The keyboard is one device, so its bindings are one list for the page, outside of any component. */
const layers = new Map<string, readonly KeyBinding[]>();
let snapshot: Snapshot = { layers: [], used: new Set() };
const listeners = new Set<() => void>();

function change(next: Partial<Snapshot>): void {
  snapshot = { ...snapshot, ...next };
  for (const listener of listeners) listener();
}

const signatureOf = (bindings: readonly KeyBinding[] | undefined): string =>
  JSON.stringify(bindings?.map(({ key, label }) => [key, label]));

export const keyRegistry = {
  read: (): Snapshot => snapshot,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Puts a layer in its place. Cheap enough for every render: those who watch hear only of other keys or names. */
  put(id: string, bindings: readonly KeyBinding[]): void {
    const same = signatureOf(layers.get(id)) === signatureOf(bindings);
    layers.set(id, bindings);
    if (!same) change({ layers: [...layers.values()] });
  },
  remove(id: string): void {
    layers.delete(id);
    change({ layers: [...layers.values()] });
  },
  /** Runs the binding of the innermost layer that has this key. Says whether there was one. */
  press(key: string, at: number): boolean {
    const binding = [...layers.values()].flat().findLast((candidate) => candidate.key === key);
    if (!binding) return false;
    if (!snapshot.used.has(key)) change({ used: new Set(snapshot.used).add(key) });
    binding.run(at);
    return true;
  },
};
