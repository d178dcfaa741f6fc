import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSafetensors, type SafeTensor, writeSafetensors } from "./safetensors.ts";
import { SafetensorsError } from "./safetensors-header.ts";

/** A file with this header, as text or JSON value, and so many bytes of data. */
function fileOf(header: unknown, dataBytes = 0, statedLength?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + json.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, statedLength ?? BigInt(json.length), true);
  file.set(json, 8);
  return file;
}

const entry = (dtype: string, shape: unknown, begin: unknown, end: unknown) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe("safetensors", () => {
  test("what is written is read back bit for bit, names, order and shapes included", () => {
    const tensors = new Map<string, SafeTensor>([
      [
        "model.层.weight",
        { shape: [2, 3], values: Float32Array.of(1, -2.5, 1e-40, Number.POSITIVE_INFINITY, 0.1, -0) },
      ],
      ["7", { shape: [], values: Float32Array.of(Math.PI) }],
      ["empty", { shape: [0, 4], values: new Float32Array() }],
      ["1", { shape: [1], values: Float32Array.of(3) }],
    ]);
    const file = writeSafetensors(tensors, { note: 'quote " and 中文' });
    const read = readSafetensors(file);
    expect([...read]).toEqual([...tensors]);
    expect(Buffer.from(file).toString()).toContain(String.raw`"__metadata__":{"note":"quote \" and 中文"}`);
  });

  test("reads from any offset of a larger buffer", () => {
    const file = writeSafetensors(new Map([["x", { shape: [2], values: Float32Array.of(1, 2) }]]));
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect([...(readSafetensors(shifted.subarray(3)).get("x")?.values ?? [])]).toEqual([1, 2]);
  });

  test("the bytes are those of the published layout", () => {
    const file = writeSafetensors(new Map([["a", { shape: [1], values: Float32Array.of(1) }]]), {});
    expect(Buffer.from(file).toString("latin1")).toBe(
      `\x38\0\0\0\0\0\0\0{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  \0\0\x80\x3f`,
    );
  });

  test("halves are widened to their exact value, subnormals, infinities and NaN included", () => {
    const half = fileOf({ x: entry("F16", [8], 0, 16) }, 16);
    const codes = [0x3c00, 0xc000, 0x0001, 0x03ff, 0x7bff, 0x7c00, 0x8000, 0x7e00];
    const view = new DataView(half.buffer, half.length - 16);
    for (const [index, code] of codes.entries()) view.setUint16(2 * index, code, true);
    const values = [1, -2, 2 ** -24, 1023 * 2 ** -24, 65504, Number.POSITIVE_INFINITY, -0, Number.NaN];
    expect([...(readSafetensors(half).get("x")?.values ?? [])]).toEqual(values);

    const brain = fileOf({ x: entry("BF16", [2], 0, 4) }, 4);
    new DataView(brain.buffer, brain.length - 4).setUint32(0, 0xc0493f80, true);
    expect([...(readSafetensors(brain).get("x")?.values ?? [])]).toEqual([1, -3.140625]);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ["an empty file", new Uint8Array(), /shorter than the 8 bytes/],
    ["a header longer than the file", fileOf({}, 0, 1000n), /the file has 2/],
    ["a header length near 2⁶⁴", fileOf({}, 0, 2n ** 64n - 1n), /too long/],
    ["a header of 101 MB", fileOf({}, 0, 101_000_000n), /too long/],
    ["a header that is not JSON", fileOf("{nope"), /not JSON/],
    ["a header that is not UTF-8", Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xfe), /not JSON in UTF-8/],
    ["a list for a header", fileOf([]), /not a JSON object/],
    ["null for a header", fileOf("null"), /not a JSON object/],
    ["an entry that is no object", fileOf({ x: 3 }), /x: its entry/],
    ["an unknown type", fileOf({ x: entry("F64", [1], 0, 8) }, 8), /"F64" is not/],
    ["a type named like a built-in", fileOf({ x: entry("toString", [1], 0, 4) }, 4), /"toString" is not/],
    ["a negative size", fileOf({ x: entry("F32", [-1], 0, 4) }, 4), /shape/],
    ["a fractional size", fileOf({ x: entry("F32", [0.5], 0, 2) }, 2), /shape/],
    ["a size beyond whole numbers", fileOf({ x: entry("F32", [2 ** 60], 0, 4) }, 4), /shape/],
    ["sizes whose product is huge", fileOf({ x: entry("F32", [2 ** 50, 2 ** 50], 0, 4) }, 4), /takes .* bytes/],
    ["offsets that are text", fileOf({ x: entry("F32", [1], "0", "4") }, 4), /data_offsets/],
    ["an end before its begin", fileOf({ x: entry("F32", [1], 4, 0) }, 4), /takes 4 bytes, not -4/],
    ["a tensor beyond the data", fileOf({ x: entry("F32", [2], 0, 8) }, 4), /ends at byte 8 of 4/],
    ["overlapping tensors", fileOf({ x: entry("F32", [2], 0, 8), y: entry("F32", [1], 4, 8) }, 8), /overlaps/],
    ["a hole between tensors", fileOf({ x: entry("F32", [1], 0, 4), y: entry("F32", [1], 8, 12) }, 12), /belong to no/],
    ["data that no tensor claims", fileOf({ x: entry("F32", [1], 0, 4) }, 8), /4 bytes at the end/],
    ["metadata that is no text", fileOf({ __metadata__: { a: 1 } }), /__metadata__\.a/],
  ])("%s is refused with the reason", (_, file, reason) => {
    expect(() => readSafetensors(file)).toThrow(SafetensorsError);
    expect(() => readSafetensors(file)).toThrow(reason);
  });

  test("whatever the bytes, reading ends with tensors or a SafetensorsError", () => {
    const valid = writeSafetensors(new Map([["weights", { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }]]));
    const damaged = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(damaged, (changes) => {
        const file = valid.slice();
        for (const [at, byte] of changes) file[at] = byte;
        try {
          readSafetensors(file);
        } catch (error) {
          expect(error).toBeInstanceOf(SafetensorsError);
        }
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  test("a shape that does not fit its values is not written", () => {
    const wrong = new Map([["x", { shape: [3], values: Float32Array.of(1, 2) }]]);
    expect(() => writeSafetensors(wrong)).toThrow("2 values do not fill shape [3]");
  });
});
