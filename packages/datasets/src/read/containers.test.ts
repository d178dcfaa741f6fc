import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { makeReceipt } from "../recognise/make-receipt.ts";
import { packedParquet } from "./packed-parquet.fixture.ts";
import { openRows, readRows } from "./read-rows.ts";
import { zipOf } from "./zip.fixture.ts";

async function* pieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(file: Uint8Array) {
  const rows = [];
  for await (const row of readRows(pieces(file))) rows.push(row);
  return rows;
}

const lines = (...rows: object[]) => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
const refusal = (message: RegExp) => ({ code: "invalid_line", message: expect.stringMatching(message) });

const prompts = ["One?", "Two?", "三？", null];
const answers = [["A", "B"], ["C"], [], ["D"]];
const parquet = (codec: "SNAPPY" | "UNCOMPRESSED", rowGroupSize = 3): Buffer =>
  Buffer.from(
    parquetWriteBuffer({
      codec,
      rowGroupSize,
      columnData: [
        { name: "prompt", data: prompts, type: "STRING" },
        { name: "count", data: [1n, 2n, 9007199254740993n, 4n], type: "INT64" },
        { name: "score", data: [0.5, 1, 2, 3], type: "DOUBLE" },
        { name: "answers", data: answers, type: "JSON" },
      ],
    }),
  );

describe("a Parquet file", () => {
  it.each(["SNAPPY", "UNCOMPRESSED"] as const)("is read row for row, across its groups: %s", async (codec) => {
    const rows = await read(parquet(codec));
    expect(rows.map(({ line, value: { prompt, answers, score } }) => ({ line, prompt, answers, score }))).toEqual(
      prompts.map((prompt, index) => ({
        line: index + 1,
        prompt,
        answers: answers[index],
        score: [0.5, 1, 2, 3][index],
      })),
    );
    // A double has no such number.
    expect(rows.map(({ value }) => String(value.count))).toEqual(["1", "2", "9007199254740993", "4"]);
    expect(await read(gzipSync(parquet(codec)))).toEqual(rows);
  });

  it.each(Object.entries(packedParquet))("is read as others pack it: %s", async (_, packed) => {
    const file = Buffer.from(packed, "base64");
    const prompt = "Why? 天 🙂";
    expect((await read(file)).map(({ value }) => value)).toEqual([
      { prompt, chosen: "A".repeat(40), rejected: "x" },
      { prompt, chosen: "B", rejected: "y" },
      { prompt, chosen: "C", rejected: "z" },
    ]);
    // Its first page begins behind the name of the kind and its own header.
    const broken = Buffer.from(file);
    broken.fill(0xff, 30, 60);
    await expect(read(broken)).rejects.toMatchObject(refusal(/Parquet file is damaged/));
  });

  it("that is cut off or damaged is refused whole, by name", async () => {
    const file = parquet("SNAPPY");
    await expect(read(file.subarray(0, file.length / 2))).rejects.toMatchObject(refusal(/Parquet file is cut off/));
    const broken = Buffer.from(file);
    broken.fill(0xff, 4, 60);
    await expect(read(broken)).rejects.toMatchObject(refusal(/Parquet file is damaged/));
    const noEnd = Buffer.concat([file.subarray(0, 200), file.subarray(file.length - 8)]);
    await expect(read(noEnd)).rejects.toMatchObject(refusal(/Parquet file is damaged/));
  });

  it("whose columns are shorter than it says is refused, and has no rows of nothing", async () => {
    const file = parquet("SNAPPY", 4);
    // The last number of four in the index is how many rows the group has, after its columns' own.
    const rows = file.lastIndexOf(Buffer.from([0x16, 4 << 1]));
    file[rows + 1] = 5 << 1;
    await expect(read(file)).rejects.toMatchObject(refusal(/Parquet file is damaged/));
  });
});

describe("a zip", () => {
  const rows = [{ prompt: "p", chosen: "A", rejected: "B" }];

  it("of several files of rows is read in the order of their names, what stands beside them left aside", async () => {
    const file = zipOf([
      { name: "set/b.csv", bytes: Buffer.from("prompt,chosen\nq,C\n") },
      { name: "set/a.jsonl", bytes: lines(...rows, ...rows) },
      { name: "set/README.md", bytes: Buffer.from("# A card") },
      { name: "__MACOSX/._a.jsonl", bytes: Buffer.from([0]) },
    ]);
    expect(await read(file)).toEqual([
      { line: 1, value: rows[0] },
      { line: 2, value: rows[0] },
      { line: 4, value: { prompt: "q", chosen: "C" } },
    ]);
    expect((await openRows(pieces(file))).kind).toEqual({ container: "zip", encoding: "utf-8", layout: "archive" });
  });

  it("of a Hugging Face folder says of each row which split it is of", async () => {
    const file = zipOf([
      { name: "README.md", bytes: Buffer.from("---\n---") },
      { name: "dataset_infos.json", bytes: Buffer.from("{}") },
      { name: "data/train-00000-of-00001.parquet", bytes: parquet("SNAPPY"), stored: true },
      { name: "data/test-00000-of-00001.jsonl.gz", bytes: gzipSync(lines({ prompt: "t" })) },
    ]);
    const found = await read(file);
    expect(found.map(({ value: { prompt, split } }) => [prompt, split])).toEqual([
      ["t", "test"],
      ...prompts.map((prompt) => [prompt, "train"]),
    ]);
  });

  it.each<[string, () => Uint8Array, RegExp]>([
    ["a name that leads out", () => zipOf([{ name: "../a.jsonl", bytes: lines(...rows) }]), /“\.\.\/a\.jsonl”, a name/],
    ["an absolute name", () => zipOf([{ name: "/etc/a.jsonl", bytes: lines(...rows) }]), /leads out of its folder/],
    ["a name of Windows", () => zipOf([{ name: "a\\..\\b.jsonl", bytes: lines(...rows) }]), /leads out of its folder/],
    ["a stray file", () => zipOf([{ name: "a.png", bytes: Buffer.from([1]) }]), /“a\.png”, which is no file of rows/],
    ["no rows", () => zipOf([{ name: "README.md", bytes: Buffer.from("x") }]), /holds no file of rows/],
    [
      "another archive",
      () => zipOf([{ name: "a.jsonl", bytes: zipOf([{ name: "b.jsonl", bytes: lines(...rows) }]) }]),
      /holds another archive/,
    ],
    ["half of itself", () => zipOf([{ name: "a.jsonl", bytes: lines(...rows) }]).subarray(0, 40), /damaged or cut off/],
    [
      "other bytes than its sum says",
      () => {
        const file = zipOf([{ name: "a.jsonl", bytes: lines(...rows), stored: true }]);
        file[file.indexOf("chosen")] = 0x43;
        return file;
      },
      /damaged or cut off/,
    ],
  ])("with %s is refused with the cure", async (_, file, message) => {
    await expect(read(file())).rejects.toMatchObject(refusal(message));
  });

  it("that is a bomb is refused before it is unpacked", async () => {
    const file = zipOf([{ name: "a.jsonl", bytes: Buffer.alloc(60_000_000, "\n") }]);
    await expect(read(file)).rejects.toMatchObject({
      code: "body_too_large",
      message: expect.stringMatching(/200 times/),
    });
  });
});

describe("a file that is not UTF-8", () => {
  // {"prompt":"天空是什么颜色，蓝色的天空","chosen":"蓝","rejected":"色"}
  const gbk = Buffer.concat([
    Buffer.from('{"prompt":"'),
    Buffer.from("ccecbfd5cac7cab2c3b4d1d5c9aba3acc0b6c9abb5c4ccecbfd5", "hex"),
    Buffer.from('","chosen":"'),
    Buffer.from("c0b6", "hex"),
    Buffer.from('","rejected":"'),
    Buffer.from("c9ab", "hex"),
    Buffer.from('"}\n'),
  ]);

  it("is read as GB18030 where it looks like it, and the receipt asks to look at that", async () => {
    const { receipt } = await makeReceipt(
      { read: () => pieces(gbk), sha256: "" },
      { source: null, asked: null, overlap: 3 },
    );
    expect(receipt.preview[0]?.prompt[0]?.content).toBe("天空是什么颜色，蓝色的天空");
    expect(receipt.warnings).toEqual([
      { code: "decoded", weight: "confirm", values: { encoding: "GB18030" }, lines: [] },
    ]);
  });
});
