import type { ReasonWord } from "@touchstone/contracts";
import { fileProblem } from "./line-problem.ts";

/** A kind of file, and what can be done with it: a cure, or the tool that unpacks it. */
type Signature = { readonly kind: ReasonWord; readonly matches: (head: Buffer) => boolean } & (
  | { readonly cure: FileCure }
  | { readonly tool: string }
);

type FileCure =
  | "fileSheet"
  | "fileArchive"
  | "fileTar"
  | "fileGzipTwice"
  | "fileTable"
  | "filePdf"
  | "fileHtml"
  | "fileLfs";

const begins =
  (...bytes: number[]) =>
  (head: Buffer) =>
    bytes.every((byte, place) => head[place] === byte);
const says = (text: string, place = 0) => {
  const wanted = Buffer.from(text, "latin1");
  return (head: Buffer) => head.subarray(place, place + wanted.length).equals(wanted);
};
const isZip = (head: Buffer) => says("PK\u0003\u0004")(head) || says("PK\u0005\u0006")(head);

/** Files that are known by how they begin and not read here; the first that matches counts. */
const signatures: readonly Signature[] = [
  {
    kind: "xlsx",
    cure: "fileSheet",
    matches: (head) => isZip(head) && (head.includes("xl/") || head.includes("[Content_Types].xml")),
  },
  {
    kind: "xls",
    cure: "fileSheet",
    matches: begins(0xd0, 0xcf, 0x11, 0xe0),
  },
  {
    kind: "zstd",
    tool: "zstd",
    matches: (head) =>
      begins(0x28, 0xb5, 0x2f, 0xfd)(head) || ((head[0] ?? 0) >> 4 === 5 && begins(0x2a, 0x4d, 0x18)(head.subarray(1))),
  },
  {
    kind: "xz",
    tool: "xz",
    matches: begins(0xfd, 0x37, 0x7a, 0x58, 0x5a),
  },
  {
    kind: "bzip2",
    tool: "bzip2",
    matches: (head) => /^BZh[1-9]1AY&SY/.test(head.toString("latin1", 0, 10)),
  },
  {
    kind: "lz4",
    tool: "lz4",
    matches: begins(0x04, 0x22, 0x4d, 0x18),
  },
  { kind: "gzipInGzip", cure: "fileGzipTwice", matches: begins(0x1f, 0x8b) },
  { kind: "sevenZip", cure: "fileArchive", matches: begins(0x37, 0x7a, 0xbc, 0xaf) },
  { kind: "rar", cure: "fileArchive", matches: says("Rar!") },
  { kind: "tar", cure: "fileTar", matches: says("ustar", 257) },
  { kind: "arrow", cure: "fileTable", matches: (head) => says("ARROW1")(head) || says("FEA1")(head) },
  { kind: "arrowStream", cure: "fileTable", matches: begins(0xff, 0xff, 0xff, 0xff) },
  { kind: "orc", cure: "fileTable", matches: says("ORC\u0008") },
  { kind: "avro", cure: "fileTable", matches: says("Obj\u0001") },
  { kind: "hdf5", cure: "fileTable", matches: says("\u0089HDF") },
  { kind: "numpy", cure: "fileTable", matches: says("\u0093NUMPY") },
  { kind: "sqlite", cure: "fileTable", matches: says("SQLite format 3\u0000") },
  {
    kind: "pickle",
    cure: "fileTable",
    matches: (head) => head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 9) <= 5,
  },
  { kind: "pdf", cure: "filePdf", matches: says("%PDF-") },
  {
    kind: "html",
    cure: "fileHtml",
    matches: (head) => /^\s*<(!doctype\s+html|html|head)\b/i.test(head.toString("latin1", 0, 200)),
  },
  { kind: "xml", cure: "fileTable", matches: (head) => /^\s*<\?xml\b/.test(head.toString("latin1", 0, 200)) },
  {
    kind: "lfs",
    cure: "fileLfs",
    matches: says("version https://git-lfs.github.com/spec"),
  },
];

/** Whether the file is an archive that is read; an Excel workbook is one too, and is refused before. */
export const isZipArchive = isZip;
export const isParquet = says("PAR1");

/**
 * Refuses a file of a kind that isn't read, by its name and with the cure.
 * @param head the beginning of the file, after a gzip around it
 */
export function refuseKnownKinds(head: Buffer): void {
  const known = signatures.find(({ matches }) => matches(head));
  if (known === undefined) return;
  const { kind } = known;
  throw "tool" in known ? fileProblem("fileCompressed", { kind, tool: known.tool }) : fileProblem(known.cure, { kind });
}
