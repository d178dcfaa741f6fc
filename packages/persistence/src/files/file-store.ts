import type { Readable } from "node:stream";

/** From `start` to `end`, both counted from 0 and both in it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What is stored under a key, or a range of it; whoever does not read the stream to its end destroys it. */
export interface StoredContent {
  readonly stream: Readable;
  /** Of the whole, whatever range was asked for. */
  readonly bytes: number;
}

export interface StoredEntry {
  readonly key: string;
  readonly bytes: number;
}

/**
 * Where files lie: what people upload, models, checkpoints. A key is a relative path of plain names with "/" between them
 * ("media/WORKSPACE/PROJECT/SHA"); no path of the machine goes in or comes out, so that another store (S3, say) is one more
 * adapter. What a file is (type, name, owner) stands in the rows of Postgres, and a file counts once a row names it: so no
 * store needs more than one file that appears whole or not at all.
 *
 * `tests/integration/file-store.test.ts` is the contract; every adapter passes it.
 */
export interface FileStore {
  /** Whole or not at all, and durable when it resolves. What stood under the key before is replaced. @returns its size. */
  put(key: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<number>;
  /** Null where there is nothing under the key. @throws RangeError for a range that lies outside of the file. */
  get(key: string, range?: ByteRange): Promise<StoredContent | null>;
  /** Everything below a prefix, which is a key or a beginning of keys that ends before a "/"; in no order. */
  list(prefix: string): AsyncIterable<StoredEntry>;
  /** Nothing there is no error. */
  remove(key: string): Promise<void>;
  /** What is being written below it at that moment comes to nothing: its `put` rejects. */
  removePrefix(prefix: string): Promise<void>;
  /** Removes from below a prefix what writers that were killed have left and no key names. Nobody may be writing there. */
  sweep(prefix: string): Promise<void>;
  /** The same store, fenced: whoever has it reaches nothing outside of the prefix, and keys begin after it. */
  within(prefix: string): FileStore;
}

/** Longer than any key of ours; what file systems take in all. */
const longestKey = 1_000;
/** What every store and file system takes as it is; neither a dot alone nor two, which lead elsewhere. */
const plainName = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,200}$/;

/** @throws RangeError for a key that leaves its folder or that not every store can have. */
export function assertKey(key: string): void {
  if (key.length <= longestKey && key.split("/").every((name) => plainName.test(name))) return;
  throw new RangeError(`not a key of the file store: ${JSON.stringify(key.slice(0, 200))}`);
}

/** The same store seen from a prefix: the fence is the check of each key, which then stands behind the prefix. */
export function fenced(store: Omit<FileStore, "within">, prefix: string): FileStore {
  assertKey(prefix);
  const at = (key: string) => {
    assertKey(key);
    return `${prefix}/${key}`;
  };
  return {
    put: async (key, content) => store.put(at(key), content),
    get: async (key, range) => store.get(at(key), range),
    async *list(below) {
      for await (const { key, bytes } of store.list(at(below))) yield { key: key.slice(prefix.length + 1), bytes };
    },
    remove: async (key) => store.remove(at(key)),
    removePrefix: async (below) => store.removePrefix(at(below)),
    sweep: async (below) => store.sweep(at(below)),
    within: (more) => fenced(store, at(more)),
  };
}
