import { setImmediate as nextTurn } from "node:timers/promises";

/** Rows between two turns of the event loop: some milliseconds of work, so that whoever else is served waits no longer. */
export const rowsAtOnce = 64;

/**
 * The same rows, with a turn of the event loop after each so many of them. Rows that are in memory already would otherwise
 * follow each other without one, and hold up everything else that the process does.
 */
export async function* inTurns<Row>(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  let since = 0;
  for await (const row of rows) {
    yield row;
    since += 1;
    if (since < rowsAtOnce) continue;
    since = 0;
    await nextTurn();
  }
}
