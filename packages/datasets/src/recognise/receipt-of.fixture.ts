import { createHash } from "node:crypto";
import type { ReceiptWarning } from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";
import { parseMapping } from "../formats/mapping.ts";
import type { ImportRow } from "../import-row.ts";
import { readImport } from "../read-import.ts";
import { makeReceipt } from "./make-receipt.ts";

/** A text is a line as it stands, for numbers that JavaScript would write in another way. */
export function fileOf(...values: unknown[]) {
  const lines = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  async function* read() {
    yield bytes;
  }
  return { read, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** The receipt of a file of these rows, and the rows as an import takes them. */
export async function recognise(values: readonly unknown[], source: ImportSource | null = null) {
  const file = fileOf(...values);
  const recognition = await makeReceipt(file, { source, asked: null, overlap: 3 });
  const rows: ImportRow[] = [];
  for await (const row of readImport(file.read(), recognition.source, { leaveOut: true })) rows.push(row);
  return { ...recognition.receipt, refusal: recognition.refusal, rows };
}
export const columns = (mapping: object): ImportSource => ({
  format: "columns",
  mapping: parseMapping(JSON.stringify(mapping)),
});
export const codes = (warnings: readonly ReceiptWarning[]) =>
  warnings.map(({ code, values }) => (values.column === undefined ? code : `${code} ${values.column}`));
export const texts = (row: ImportRow | undefined) => row?.completions.map(({ text }) => text);
export const user = (content: string) => ({ role: "user", content });
export const assistant = (content: string) => ({ role: "assistant", content });
