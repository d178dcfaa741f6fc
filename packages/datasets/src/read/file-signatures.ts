import { DomainError } from "@touchstone/contracts";

interface Signature {
  readonly name: string;
  readonly cure: string;
  readonly matches: (head: Buffer) => boolean;
}

const unpack = "Unpack it, and send what is in it";
const asJsonl =
  'Write its table as JSON Lines, for example with pandas: df.to_json(path, orient="records", lines=True).';
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
    name: "an Excel workbook (.xlsx)",
    cure: "Save the sheet as “CSV UTF-8”.",
    matches: (head) => isZip(head) && (head.includes("xl/") || head.includes("[Content_Types].xml")),
  },
  { name: "a zip archive", cure: `${unpack}.`, matches: isZip },
  {
    name: "an old Excel workbook (.xls)",
    cure: "Save the sheet as “CSV UTF-8”.",
    matches: begins(0xd0, 0xcf, 0x11, 0xe0),
  },
  {
    name: "compressed with Zstandard (.zst)",
    cure: "Unpack it (zstd -d), or pack it with gzip.",
    matches: (head) =>
      begins(0x28, 0xb5, 0x2f, 0xfd)(head) || ((head[0] ?? 0) >> 4 === 5 && begins(0x2a, 0x4d, 0x18)(head.subarray(1))),
  },
  {
    name: "compressed with xz",
    cure: "Unpack it (xz -d), or pack it with gzip.",
    matches: begins(0xfd, 0x37, 0x7a, 0x58, 0x5a),
  },
  {
    name: "compressed with bzip2",
    cure: "Unpack it (bzip2 -d), or pack it with gzip.",
    matches: (head) => /^BZh[1-9]1AY&SY/.test(head.toString("latin1", 0, 10)),
  },
  {
    name: "compressed with LZ4",
    cure: "Unpack it (lz4 -d), or pack it with gzip.",
    matches: begins(0x04, 0x22, 0x4d, 0x18),
  },
  { name: "a gzip file within a gzip file", cure: "Unpack it once.", matches: begins(0x1f, 0x8b) },
  { name: "a 7z archive", cure: `${unpack}.`, matches: begins(0x37, 0x7a, 0xbc, 0xaf) },
  { name: "a RAR archive", cure: `${unpack}.`, matches: says("Rar!") },
  { name: "a tar archive", cure: `${unpack}, file by file.`, matches: says("ustar", 257) },
  { name: "a Parquet file", cure: asJsonl, matches: says("PAR1") },
  { name: "an Arrow or Feather file", cure: asJsonl, matches: (head) => says("ARROW1")(head) || says("FEA1")(head) },
  { name: "an Arrow stream", cure: asJsonl, matches: begins(0xff, 0xff, 0xff, 0xff) },
  { name: "an ORC file", cure: asJsonl, matches: says("ORC\u0008") },
  { name: "an Avro file", cure: asJsonl, matches: says("Obj\u0001") },
  { name: "an HDF5 file", cure: asJsonl, matches: says("\u0089HDF") },
  { name: "a NumPy array", cure: asJsonl, matches: says("\u0093NUMPY") },
  { name: "an SQLite database", cure: asJsonl, matches: says("SQLite format 3\u0000") },
  {
    name: "a Python pickle",
    cure: asJsonl,
    matches: (head) => head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 9) <= 5,
  },
  { name: "a PDF", cure: "Send its text as JSON Lines or CSV.", matches: says("%PDF-") },
  {
    name: "a web page (HTML)",
    cure: "Was a page saved in place of the file? Download the file itself.",
    matches: (head) => /^\s*<(!doctype\s+html|html|head)\b/i.test(head.toString("latin1", 0, 200)),
  },
  { name: "XML", cure: asJsonl, matches: (head) => /^\s*<\?xml\b/.test(head.toString("latin1", 0, 200)) },
  {
    name: "a pointer of Git LFS, not the file it stands for",
    cure: "Fetch that with: git lfs pull.",
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
  const path = "lines.1";
  const message = `The file is ${known.name}, which can't be read here. ${known.cure}`;
  throw new DomainError("invalid_line", message, { path, issues: [{ path, message }] });
}
