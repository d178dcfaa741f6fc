import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { bytesInMemory } from "./byte-source.ts";
import { openGguf } from "./gguf.ts";
import { GgufError } from "./gguf-error.ts";
import { uint32, uint64, type WrittenGguf, writtenGguf } from "./written.fixture.ts";

const open = (file: WrittenGguf) => openGguf(bytesInMemory(writtenGguf(file)));
const f32 = (values: readonly number[]) => new Uint8Array(Float32Array.from(values).buffer);
const tensor = (name: string, extents: readonly (number | bigint)[], offset: number | bigint = 0, type = 0) => ({
  ...{ name, extents, offset, type },
});

/** The file with this byte a stray one. */
function spoilt(file: Uint8Array, at: number): Uint8Array {
  const copy = file.slice();
  copy[at] = 0xff;
  return copy;
}

describe("a GGUF file", () => {
  test.each([2, 3])(
    "of version %i is opened: metadata by their types, tensors with the slowest extent first",
    (version) => {
      const metadata = [
        ["general.architecture", "llama"],
        ["llama.context_length", 4_096],
        ["flag", true],
        ["tokens", ["猫", "", "a b"]],
        ["scores", [-1.5, 0]],
        ["big", Buffer.concat([uint32(10), uint64(2n ** 53n - 1n)])],
        ["small", Buffer.concat([uint32(11), Buffer.alloc(8, 0xff)])],
        ["double", Buffer.concat([uint32(12), Buffer.from(new Float64Array([Math.PI]).buffer)])],
        ["short", Buffer.concat([uint32(3), Buffer.from([0xfe, 0xff])])],
        ["flags", Buffer.concat([uint32(9), uint32(7), uint64(2), Buffer.from([1, 0])])],
      ] as const;
      const data = f32([1, 2, 3, 4, 5, 6, 0, 0, 9]);
      const tensors = [tensor("b", [3, 2]), tensor("a", [1], 32)];
      const gguf = open({ version, metadata, tensors, data });
      expect(Object.fromEntries(gguf.metadata)).toEqual({
        ...{ "general.architecture": "llama", "llama.context_length": 4_096, flag: true, tokens: ["猫", "", "a b"] },
        ...{ scores: [-1.5, 0], big: 2 ** 53 - 1, small: -1, double: Math.PI, short: -2, flags: [true, false] },
      });
      expect(gguf.read("b")).toEqual({ shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) });
      expect(gguf.read("a")).toEqual({ shape: [1], values: Float32Array.of(9) });
      expect(() => gguf.read("c")).toThrow(RangeError);
    },
  );

  const Known = z.record(z.string(), z.object({ code: z.number(), bytes: z.string(), values: z.array(z.number()) }));
  const known = Known.parse(JSON.parse(readFileSync(new URL("known-blocks.json", import.meta.url)).toString()));
  test.each(Object.entries(known))(
    "has the values in its blocks of %s that ggml's own library has",
    (_, { code, bytes, values }) => {
      const data = Buffer.from(bytes, "hex");
      const gguf = open({ tensors: [tensor("x", [values.length], 0, code)], data });
      expect([...gguf.read("x").values]).toEqual([...Float32Array.from(values)]);
    },
  );

  test("is read in pieces: no more of it than a header and the tensor that is asked for", () => {
    const values = Array.from({ length: 2_000_000 }, (_, at) => at);
    const bytes = writtenGguf({
      tensors: [tensor("x", [values.length]), tensor("y", [8], 4 * values.length)],
      data: f32([...values, 1, 2, 3, 4, 5, 6, 7, 8]),
    });
    const reads: number[] = [];
    const gguf = openGguf({
      size: bytes.length,
      read(offset, length) {
        reads.push(length);
        return bytes.subarray(offset, offset + length);
      },
    });
    expect([...gguf.read("y").values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(reads).toEqual([2 ** 20, 32]);
    expect(gguf.read("x").values.at(-1)).toBe(values.length - 1);
    expect(Math.max(...reads)).toBe(2 ** 22);
  });

  const one = { tensors: [tensor("x", [4])], data: f32([1, 2, 3, 4]) };
  const whole = writtenGguf({ ...one, metadata: [["general.architecture", "llama"]] });
  const huge = 2n ** 63n;
  test.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(), /does not begin with GGUF/],
    ["a file of another kind", writtenGguf({ magic: "PK\u0003\u0004" }), /does not begin with GGUF/],
    ["version 1", writtenGguf({ version: 1 }), /version 1, and versions 2 and 3 are read/],
    ["a version of the future", writtenGguf({ version: 4 }), /version 4/],
    ["bytes in the other order", writtenGguf({ version: 0x03000000 }), /big-endian/],
    ["a file that ends in its header", whole.subarray(0, 40), /ends within its header/],
    [
      "tensors without number",
      writtenGguf({ ...one, tensorCount: huge }),
      /number of tensors is \d+, which is no number/,
    ],
    ["a million tensors", writtenGguf({ ...one, tensorCount: 1_000_000n }), /1000000 tensors are too many/],
    ["more tensors than there are", writtenGguf({ tensorCount: 60_000n }), /ends within its header/],
    ["keys without number", writtenGguf({ ...one, keyCount: 2n ** 40n }), /keys of metadata are too many/],
    [
      "a key of a gigabyte",
      writtenGguf({ keyCount: 1n, data: Buffer.concat([uint64(2 ** 30)]) }).subarray(0, 24),
      /ends within/,
    ],
    [
      "a text longer than the file",
      writtenGguf({ metadata: [["a", Buffer.concat([uint32(8), uint64(1_000_000)])]] }),
      /ends within its header/,
    ],
    [
      "a text of an exabyte",
      writtenGguf({ metadata: [["a", Buffer.concat([uint32(8), uint64(2n ** 60n)])]] }),
      /no number in good faith/,
    ],
    [
      "a text of a terabyte",
      writtenGguf({ metadata: [["a", Buffer.concat([uint32(8), uint64(2n ** 40n)])]] }),
      /a has 1099511627776 bytes/,
    ],
    [
      "a list longer than the file",
      writtenGguf({ metadata: [["a", Buffer.concat([uint32(9), uint32(8), uint64(1_000_000)])]] }),
      /list of 1000000, and the file ends before/,
    ],
    [
      "a list of an exabyte",
      writtenGguf({ metadata: [["a", Buffer.concat([uint32(9), uint32(0), uint64(2n ** 50n)])]] }),
      /list of 1125899906842624, and/,
    ],
    [
      "a list of lists",
      writtenGguf({ metadata: [["a", Buffer.concat([uint32(9), uint32(9), uint64(1)])]] }),
      /type 9, which is none or a list of lists/,
    ],
    ["a value of no type", writtenGguf({ metadata: [["a", uint32(77)]] }), /a is of type 77/],
    [
      "a key twice",
      writtenGguf({
        metadata: [
          ["a", 1],
          ["a", 2],
        ],
      }),
      /a stands twice/,
    ],
    ["a key that is not UTF-8", spoilt(writtenGguf({ metadata: [["key", 1]] }), 32), /key 0 is not UTF-8/],
    [
      "a text that is not UTF-8",
      writtenGguf({ metadata: [["a", Buffer.concat([uint32(8), uint64(2), Buffer.from([0xc3, 0x28])])]] }),
      /a is not UTF-8/,
    ],
    ["an alignment of 0", writtenGguf({ ...one, metadata: [["general.alignment", 0]] }), /general\.alignment is 0/],
    ["an alignment of 24", writtenGguf({ ...one, metadata: [["general.alignment", 24]] }), /general\.alignment is 24/],
    [
      "an alignment that is a text",
      writtenGguf({ ...one, metadata: [["general.alignment", "32"]] }),
      /general\.alignment is 32/,
    ],
    ["a tensor beyond the end", writtenGguf({ ...one, tensors: [tensor("x", [5])] }), /x ends at byte \d+ of \d+/],
    ["a tensor from beyond the end", writtenGguf({ ...one, tensors: [tensor("x", [4], 2 ** 40)] }), /x ends at byte/],
    ["a place near 2⁶⁴", writtenGguf({ ...one, tensors: [tensor("x", [4], huge)] }), /place of x is/],
    ["a place between", writtenGguf({ ...one, tensors: [tensor("x", [2], 8)] }), /no multiple of 32/],
    [
      "tensors over each other",
      writtenGguf({ tensors: [tensor("x", [9]), tensor("y", [8], 32)], data: f32(Array(16).fill(0)) }),
      /y overlaps/,
    ],
    [
      "a tensor twice",
      writtenGguf({ tensors: [tensor("x", [8]), tensor("x", [8], 32)], data: f32(Array(16).fill(0)) }),
      /x stands twice/,
    ],
    ["a tensor without extent", writtenGguf({ ...one, tensors: [tensor("x", [4, 0])] }), /x has the shape \[4,0\]/],
    [
      "extents whose product is huge",
      writtenGguf({ ...one, tensors: [tensor("x", [2 ** 40, 2 ** 40])] }),
      /x has the shape/,
    ],
    ["five dimensions", writtenGguf({ ...one, tensors: [tensor("x", [1, 1, 1, 1, 4])] }), /x has 5 dimensions/],
    ["no dimension", writtenGguf({ ...one, tensors: [tensor("x", [])] }), /x has 0 dimensions/],
    [
      "rows that fill no block",
      writtenGguf({ ...one, tensors: [tensor("x", [33, 2], 0, 8)] }),
      /rows of 33 do not fill blocks of 32 \(Q8_0\)/,
    ],
    ["a type that is not read", writtenGguf({ ...one, tensors: [tensor("x", [256], 0, 16)] }), /x is of type IQ2_XXS/],
    ["a type of nobody's", writtenGguf({ ...one, tensors: [tensor("x", [4], 0, 999)] }), /x is of type 999/],
    [
      "a name of a kilobyte",
      writtenGguf({ ...one, tensors: [tensor("x".repeat(1_000), [4])] }),
      /tensor's name has 1000 bytes/,
    ],
  ])("%s is refused with the reason, within a second", (_, file, why) => {
    const began = process.cpuUsage();
    expect(() => openGguf(bytesInMemory(file))).toThrow(GgufError);
    expect(() => openGguf(bytesInMemory(file))).toThrow(why);
    expect(process.cpuUsage(began).user).toBeLessThan(1e6);
  });

  test("whatever the bytes, opening and reading ends with tensors or a GgufError", () => {
    const damaged = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damaged, (changes) => {
        const file = whole.slice();
        for (const [at, byte] of changes) file[at] = byte;
        try {
          const gguf = openGguf(bytesInMemory(file));
          for (const name of gguf.tensors.keys()) gguf.read(name);
        } catch (error) {
          expect(error).toBeInstanceOf(GgufError);
        }
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});
