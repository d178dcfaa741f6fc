/** What has gone through, and whether it was all: a receiver may leave, or the source break off. */
export interface Passed {
  readonly rows: number;
  readonly complete: boolean;
}

/** Passes on the bytes of chunks, and tells how many rows it were once there are no more or nobody wants more. */
export async function* passedOn(
  chunks: AsyncIterable<{ readonly bytes: Uint8Array; readonly rows: number }>,
  tell: (passed: Passed) => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let passed = 0;
  let complete = false;
  try {
    for await (const { bytes, rows } of chunks) {
      passed += rows;
      yield bytes;
    }
    complete = true;
  } finally {
    await tell({ rows: passed, complete });
  }
}
