/** What has gone through, and whether it was all: a receiver may leave, or the source break off. */
export interface Passed {
  readonly rows: number;
  readonly complete: boolean;
}

/** Passes rows on, and tells how many it were once there are no more or nobody wants more. */
export async function* counted<Row>(
  source: AsyncIterable<Row>,
  tell: (passed: Passed) => Promise<void>,
): AsyncGenerator<Row> {
  let rows = 0;
  let complete = false;
  try {
    for await (const row of source) {
      rows += 1;
      yield row;
    }
    complete = true;
  } finally {
    await tell({ rows, complete });
  }
}
