import type { ReasonWord } from "@touchstone/contracts";
import { fileProblem } from "./line-problem.ts";

interface Signature {
  readonly kind: ReasonWord;
  /** What to do with it; files that only need unpacking name their tool. */
  readonly reason?: FileCure;
  readonly tool?: string;
  readonly matches: (head: Buffer) => boolean;
}

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
    reason: "fileSheet",
    matches: (head) => isZip(head) && (head.includes("xl/") || head.includes("[Content_Types].xml")),
  },
  { kind: "zip", reason: "fileArchive", matches: isZip },
  {
    kind: "xls",
    reason: "fileSheet",
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
  { kind: "gzipInGzip", reason: "fileGzipTwice", matches: begins(0x1f, 0x8b) },
  { kind: "sevenZip", reason: "fileArchive", matches: begins(0x37, 0x7a, 0xbc, 0xaf) },
  { kind: "rar", reason: "fileArchive", matches: says("Rar!") },
  { kind: "tar", reason: "fileTar", matches: says("ustar", 257) },
  { kind: "parquet", reason: "fileTable", matches: says("PAR1") },
  { kind: "arrow", reason: "fileTable", matches: (head) => says("ARROW1")(head) || says("FEA1")(head) },
  { kind: "arrowStream", reason: "fileTable", matches: begins(0xff, 0xff, 0xff, 0xff) },
  { kind: "orc", reason: "fileTable", matches: says("ORC\u0008") },
  { kind: "avro", reason: "fileTable", matches: says("Obj\u0001") },
  { kind: "hdf5", reason: "fileTable", matches: says("\u0089HDF") },
  { kind: "numpy", reason: "fileTable", matches: says("\u0093NUMPY") },
  { kind: "sqlite", reason: "fileTable", matches: says("SQLite format 3\u0000") },
  {
    kind: "pickle",
    reason: "fileTable",
    matches: (head) => head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 9) <= 5,
  },
  { kind: "pdf", reason: "filePdf", matches: says("%PDF-") },
  {
    kind: "html",
    reason: "fileHtml",
    matches: (head) => /^\s*<(!doctype\s+html|html|head)\b/i.test(head.toString("latin1", 0, 200)),
  },
  { kind: "xml", reason: "fileTable", matches: (head) => /^\s*<\?xml\b/.test(head.toString("latin1", 0, 200)) },
  {
    kind: "lfs",
    reason: "fileLfs",
    matches: says("version https://git-lfs.github.com/spec"),
  },
];

/**
 * Refuses a file of a kind that isn't read, by its name and with the cure.
 * @param head the beginning of the file, after a gzip around it
 */
export function refuseKnownKinds(head: Buffer): void {
  const known = signatures.find(({ matches }) => matches(head));
  if (known === undefined) return;
  const { kind, reason = "fileArchive", tool } = known;
  throw tool === undefined ? fileProblem(reason, { kind }) : fileProblem("fileCompressed", { kind, tool });
}
