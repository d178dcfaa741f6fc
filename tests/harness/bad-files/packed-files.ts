import { deflateRawSync, gzipSync } from "node:zlib";
import { packedParquet } from "../../../packages/datasets/src/read/packed-parquet.fixture.ts";
import { parquetOf } from "../../../packages/datasets/src/read/parquet.fixture.ts";
import { zipOf } from "../../../packages/datasets/src/read/zip.fixture.ts";
import { type BadFile, good, lines } from "./bad-file.ts";

const about = { line: null, field: null };
const zip = (name: string, bytes: Uint8Array = lines(good)) => zipOf([{ name, bytes }]);
const pairs = () => parquetOf({ prompt: ["p", "q"], chosen: ["a", "a"], rejected: ["b", "b"] });

/** One byte of an archive's two headers, at the same place in each. */
function inBothHeaders(bytes: Buffer, local: number, central: number, value: number): Buffer {
  bytes.writeUInt16LE(value, local);
  bytes.writeUInt16LE(value, bytes.indexOf("PK\u0001\u0002") + central);
  return bytes;
}

/** A kind of file by the signature that it begins with. */
const kindOf = (
  name: string,
  begins: readonly number[] | string,
  reason: string,
  cure: RegExp,
  says: string,
): BadFile => ({
  name,
  bytes: () =>
    Buffer.concat([
      Buffer.from(typeof begins === "string" ? Buffer.from(begins, "latin1") : begins),
      Buffer.alloc(600, 1),
    ]),
  ...{ reason, ...about, cure, says: [says] },
});

/** Archives and other containers that are damaged, hostile or of another kind. */
export const packedFiles: readonly BadFile[] = [
  {
    name: "half a gzip",
    bytes: () =>
      gzipSync(lines(...Array.from({ length: 200 }, (_, place) => ({ ...good, prompt: `${place * 7919}` })))).subarray(
        0,
        300,
      ),
    ...{ reason: "fileGzipDamaged", ...about, cure: /Pack and send it again/ },
  },
  {
    name: "a gzip whose sum is another",
    bytes: () => {
      const bytes = gzipSync(lines(good));
      bytes.writeUInt32LE(7, bytes.length - 8);
      return bytes;
    },
    ...{ reason: "fileGzipDamaged", ...about, cure: /Pack and send it again/ },
  },
  {
    name: "a gzip bomb",
    bytes: () => gzipSync(Buffer.alloc(60_000_000, "\n")),
    ...{ reason: "fileUnpacksTooFar", ...about, says: ["200"], cure: /Send it unpacked/, status: 413 },
  },
  {
    name: "a gzip within a gzip",
    bytes: () => gzipSync(gzipSync(lines(good))),
    ...{ reason: "fileGzipTwice", ...about, cure: /Unpack it once/ },
  },
  {
    name: "a zip bomb",
    bytes: () => zip("a.jsonl", Buffer.alloc(60_000_000, "\n")),
    ...{ reason: "fileUnpacksTooFar", ...about, says: ["200"], cure: /Send it unpacked/, status: 413 },
  },
  {
    name: "a zip with ../",
    bytes: () => zip("../a.jsonl"),
    ...{ reason: "zipPath", ...about, says: ["../a.jsonl"], cure: /by names without “\.\.”/ },
  },
  {
    name: "a zip with ../ in the middle of a name",
    bytes: () => zip("a/../../b.jsonl"),
    ...{ reason: "zipPath", ...about, says: ["a/../../b.jsonl"], cure: /by names without “\.\.”/ },
  },
  {
    name: "a zip with an absolute name",
    bytes: () => zip("/etc/passwd.jsonl"),
    ...{ reason: "zipPath", ...about, says: ["/etc/passwd.jsonl"], cure: /Pack the files anew/ },
  },
  {
    name: "a zip with a name of Windows",
    bytes: () => zip("..\\a.jsonl"),
    ...{ reason: "zipPath", ...about, says: ["..\\a.jsonl"], cure: /Pack the files anew/ },
  },
  {
    name: "a zip with a drive in a name",
    bytes: () => zip("C:\\a.jsonl"),
    ...{ reason: "zipPath", ...about, says: ["C:\\a.jsonl"], cure: /Pack the files anew/ },
  },
  {
    name: "a zip with a password",
    bytes: () => inBothHeaders(zip("a.jsonl"), 6, 8, 1),
    ...{ reason: "zipEncrypted", ...about, says: ["a.jsonl"], cure: /without a password/ },
  },
  {
    name: "a zip packed in a way that is not read",
    bytes: () => inBothHeaders(zip("a.jsonl"), 8, 10, 12),
    ...{ reason: "zipMethod", ...about, says: ["a.jsonl", "Deflate"], cure: /Pack it with Deflate/ },
  },
  {
    name: "a zip with a file that is none of rows",
    bytes: () =>
      zipOf([
        { name: "a.jsonl", bytes: lines(good) },
        { name: "notes.docx", bytes: Buffer.from("x") },
      ]),
    ...{ reason: "zipStray", ...about, says: ["notes.docx", ".jsonl"], cure: /Take it out/ },
  },
  {
    name: "a zip without rows",
    bytes: () => zip("README.md", Buffer.from("A card")),
    ...{ reason: "zipNoRows", ...about, says: [".parquet"], cure: /Pack one in it/ },
  },
  {
    name: "a zip within a zip",
    bytes: () => zip("a.jsonl", zip("b.jsonl")),
    ...{ reason: "zipInZip", ...about, cure: /Pack the files themselves/ },
  },
  {
    name: "half a zip",
    bytes: () => zip("a.jsonl").subarray(0, 40),
    ...{ reason: "zipDamaged", ...about, cure: /Pack and send it again/ },
  },
  {
    name: "a zip whose sum is another",
    bytes: () => {
      const bytes = zipOf([{ name: "a.jsonl", bytes: lines(good), stored: true }]);
      bytes[bytes.indexOf("chosen") + 9] = 0x7a;
      return bytes;
    },
    ...{ reason: "zipDamaged", ...about, cure: /Pack and send it again/ },
  },
  {
    name: "a zip with a bad line in its second file",
    bytes: () =>
      zipOf([
        { name: "a.jsonl", bytes: lines(good, good) },
        { name: "b.jsonl", bytes: lines({ prompt: "p", chosen: "a" }) },
      ]),
    ...{ reason: "missing", line: 3, field: "rejected", cure: /Fill it in/ },
  },
  {
    name: "a workbook of Excel",
    bytes: () => zip("xl/workbook.xml", deflateRawSync(Buffer.from("<x/>"))),
    ...{ reason: "fileSheet", ...about, says: ["CSV UTF-8"], cure: /Save the sheet as/ },
  },
  kindOf("a workbook of an older Excel", [0xd0, 0xcf, 0x11, 0xe0], "fileSheet", /Save the sheet as/, "CSV UTF-8"),
  kindOf("zstd", [0x28, 0xb5, 0x2f, 0xfd], "fileCompressed", /Unpack it/, "zstd -d"),
  kindOf("xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a], "fileCompressed", /Unpack it/, "xz -d"),
  kindOf("bzip2", "BZh91AY&SY", "fileCompressed", /Unpack it/, "bzip2 -d"),
  kindOf("lz4", [0x04, 0x22, 0x4d, 0x18], "fileCompressed", /Unpack it/, "lz4 -d"),
  kindOf("7z", [0x37, 0x7a, 0xbc, 0xaf], "fileArchive", /Unpack it/, "7"),
  kindOf("rar", "Rar!", "fileArchive", /Unpack it/, "RAR"),
  kindOf("tar", `${"a".repeat(257)}ustar`, "fileTar", /Unpack it/, "tar"),
  kindOf("Arrow", "ARROW1", "fileTable", /to_json/, "Arrow"),
  kindOf("SQLite", "SQLite format 3\u0000", "fileTable", /to_json/, "SQLite"),
  kindOf("pickle", [0x80, 0x04, 0x95], "fileTable", /to_json/, "pickle"),
  kindOf("NumPy", "\u0093NUMPY", "fileTable", /to_json/, "NumPy"),
  kindOf("PDF", "%PDF-1.7", "filePdf", /Send its text/, "PDF"),
  kindOf("a page in the place of the file", "<!doctype html><html>", "fileHtml", /Download the file itself/, "HTML"),
  kindOf(
    "a pointer of Git LFS",
    "version https://git-lfs.github.com/spec/v1\n",
    "fileLfs",
    /git lfs pull/,
    "git lfs pull",
  ),
  {
    name: "Parquet that is cut off",
    bytes: () => pairs().subarray(0, 60),
    ...{ reason: "parquetCutOff", ...about, cure: /Send it again/ },
  },
  {
    name: "Parquet that is damaged",
    bytes: () => {
      const bytes = Buffer.from(packedParquet.zstd, "base64");
      bytes.fill(0xff, 30, 60);
      return bytes;
    },
    ...{ reason: "parquetDamaged", ...about, cure: /Write it anew/ },
  },
  {
    name: "Parquet with a text that is no UTF-8",
    bytes: () => {
      const bytes = parquetOf({ prompt: ["p\u00e9q\u00e9r"], chosen: ["a"], rejected: ["b"] });
      bytes[bytes.indexOf("\u00e9")] = 0xff;
      return bytes;
    },
    ...{ reason: "parquetNotUtf8", line: 1, field: null, says: ["UTF-8"], cure: /Mend the text/ },
  },
];
