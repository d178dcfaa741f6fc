import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { seal, unseal } from "./sealing.ts";

const passphrase = "a passphrase of the tests";
/** Header and one full chunk as they stand in the file. */
const [header, chunk] = [44, 64 * 1024 + 16];

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
}

/** Guessing is of no matter here, and each file takes a guess. */
const cost = 10;
const sealedFrom = (plain: Buffer, size: number) => whole(seal(pieces(plain, size), passphrase, cost));
const opened = (sealed: Buffer, key = passphrase) => whole(unseal(pieces(sealed, 10_007), key));

describe("a sealed file", () => {
  it("is opened by its passphrase, whatever its length and the size of the pieces it comes in", async () => {
    for (const length of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
      const plain = randomBytes(length);
      const sealed = await sealedFrom(plain, 30_011);
      expect((await opened(sealed)).equals(plain)).toBe(true);
    }
  });

  it("says nothing with another passphrase", async () => {
    const sealed = await sealedFrom(randomBytes(1_000), 100);
    await expect(opened(sealed, "another passphrase")).rejects.toThrow(/key doesn't fit/);
  });

  it("is noticed to be changed, cut off or rearranged, at whatever place", async () => {
    const sealed = await sealedFrom(randomBytes(200_000), 65_536);
    const [first, second] = [
      sealed.subarray(header, header + chunk),
      sealed.subarray(header + chunk, header + 2 * chunk),
    ];
    const rest = sealed.subarray(header + 2 * chunk);
    const flipped = (at: number) => {
      const copy = Buffer.from(sealed);
      copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
      return copy;
    };
    const wrong = {
      "a salt": flipped(25),
      "a nonce": flipped(40),
      "the first byte": flipped(header),
      "a tag": flipped(header + chunk - 1),
      "the last byte": flipped(sealed.length - 1),
      "the end cut off": sealed.subarray(0, -1),
      "cut off between two chunks": sealed.subarray(0, header + 2 * chunk),
      "cut off in the header": sealed.subarray(0, 30),
      "cut off after the header": sealed.subarray(0, header),
      "two chunks in each other's place": Buffer.concat([sealed.subarray(0, header), second, first, rest]),
      "a chunk left out": Buffer.concat([sealed.subarray(0, header), first, rest]),
      "something put after the end": Buffer.concat([sealed, rest]),
    };
    for (const [what, bytes] of Object.entries(wrong)) {
      await expect(opened(bytes), what).rejects.toThrow(/Take another copy|key that the backup was made with/);
    }
  });
});
