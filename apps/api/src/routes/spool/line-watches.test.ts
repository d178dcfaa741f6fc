import { DomainError } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { LineWatches } from "./line-watches.ts";

const megabytes = (count: number) => Buffer.alloc(count * 2 ** 20, "x");
const begin = Buffer.from('{"prompt": "a"}\n{"prompt": "');

/** Shows pieces, one connection each. @returns why that was refused, if it was */
async function shown(watches: LineWatches, pieces: readonly (readonly [offset: number, piece: Buffer])[]) {
  try {
    for (const [offset, piece] of pieces) await watches.within("file", offset, async (show) => show?.(piece));
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.path : error;
  }
}

describe("lines of a file that comes by several connections", () => {
  it("are counted on from one connection to the next", async () => {
    const first = Buffer.concat([begin, megabytes(9)]);
    expect(
      await shown(new LineWatches(), [
        [0, first],
        [first.length, megabytes(9)],
      ]),
    ).toBe("lines.2");
    const ended = Buffer.concat([first, Buffer.from('"}\n')]);
    expect(
      await shown(new LineWatches(), [
        [0, ended],
        [ended.length, megabytes(9)],
      ]),
    ).toBeNull();
  });

  it("are not counted where bytes came twice or were not seen: a file that is right is never refused", async () => {
    const first = Buffer.concat([begin, megabytes(9)]);
    // What was shown of the second stretch was not kept, and it comes again.
    const twice = [first.length, megabytes(5)] as const;
    expect(await shown(new LineWatches(), [[0, first], twice, twice])).toBeNull();
    expect(await shown(new LineWatches(), [[first.length, megabytes(17)]])).toBeNull();
  });

  it("are watched anew where the file begins again", async () => {
    const first = Buffer.concat([begin, megabytes(9)]);
    const twice = [0, first] as const;
    expect(await shown(new LineWatches(), [twice, twice])).toBeNull();
    expect(await shown(new LineWatches(), [twice, twice, [first.length, megabytes(9)]])).toBe("lines.2");
  });
});
