/** A folder in memory: file name → bytes. Models and checkpoints travel in this form. */
export type Files = ReadonlyMap<string, Uint8Array>;
