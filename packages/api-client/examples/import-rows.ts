import { ApiError, type CallOutput, type Client } from "@touchstone/api-client";

/**
 * Rows into a project. The receipt says first what becomes of each column and row; the import is told which receipt was
 * agreed to, so that nothing else than what was read there is written. The same rows once more add nothing.
 *
 * @param agree is shown the receipt and says whether to go on
 * @returns what was imported, or null if it was not agreed to
 */
export async function importRows(
  client: Client,
  projectId: string,
  rows: readonly object[],
  agree: (receipt: CallOutput<"makeReceipt">) => boolean,
): Promise<CallOutput<"importRows"> | null> {
  const params = { id: projectId };
  const file = new Blob(rows.map((row) => `${JSON.stringify(row)}\n`));
  // Of a file on disk: `await openAsBlob(path)` of node:fs, which reads it as it is sent.
  const upload = { body: file, contentType: "application/x-ndjson" as const };
  const receipt = await client.makeReceipt({ params, query: {}, upload });
  if (!agree(receipt)) return null;
  const { format, mapping, question, digest } = receipt;
  const query = { format, question, receipt: digest, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}) };
  try {
    return await client.importRows({ params, query, upload });
  } catch (error) {
    // Each error has a code, and names the field or the line that is at fault.
    if (error instanceof ApiError) for (const { path, message } of error.issues) console.error(`${path}: ${message}`);
    throw error;
  }
}
