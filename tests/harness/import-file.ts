import type { Visitor } from "./visitor.ts";

type File = Buffer | readonly object[];

/** Sends a file to a project as the page does: its receipt first, which is agreed to. `rows` become a line of JSON each. */
export async function importFile(visitor: Visitor, projectId: string, query: Record<string, string>, file: File) {
  const { format, mapping, question = "preference" } = query;
  const asked = { ...(format ? { format } : {}), ...(mapping ? { mapping } : {}), question };
  const receipt = await upload(visitor, `/api/projects/${projectId}/imports/receipt`, asked, file);
  if (receipt.statusCode !== 200) return receipt;
  const { digest } = receipt.json<{ digest: string }>();
  return importUnseen(visitor, projectId, { ...query, receipt: digest }, file);
}

/** Sends a file as scripts do that never look at a receipt. */
export async function importUnseen(visitor: Visitor, projectId: string, query: Record<string, string>, file: File) {
  return upload(visitor, `/api/projects/${projectId}/imports`, query, file);
}

/** What the product would make of a file. */
export async function receiptOf(visitor: Visitor, projectId: string, query: Record<string, string>, file: File) {
  return upload(visitor, `/api/projects/${projectId}/imports/receipt`, query, file);
}

async function upload(visitor: Visitor, url: string, query: Record<string, string>, file: File) {
  const payload = Buffer.isBuffer(file) ? file : Buffer.from(file.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return visitor.server.inject({
    method: "POST",
    url,
    query,
    headers: {
      cookie: visitor.cookie ?? "",
      "x-csrf-token": visitor.csrfToken ?? "",
      "content-type": "application/x-ndjson",
    },
    payload,
  });
}

/** A new project of this admin. @returns its id. */
export async function newProject(admin: Visitor, name: string, overlap = 3): Promise<string> {
  const made = await admin.send("POST", "/api/projects", {
    name,
    overlap,
    guideline: "Say which is better.",
    mustRead: false,
  });
  if (made.statusCode !== 201) throw new Error(`The project was not made: ${made.body}`);
  return made.json<{ id: string }>().id;
}

/** An export's rows, parsed. */
export async function exportRows(
  visitor: Visitor,
  projectId: string,
  format: string,
  query = "",
): Promise<Record<string, unknown>[]> {
  const response = await visitor.send("GET", `/api/projects/${projectId}/exports?format=${format}${query}`);
  if (response.statusCode !== 200) throw new Error(`The export failed: ${response.body}`);
  const lines = response.body.split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
}
