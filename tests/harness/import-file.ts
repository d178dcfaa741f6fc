import type { Visitor } from "./visitor.ts";

/** Sends a file to a project as the page does; `rows` become one line of JSON each. */
export async function importFile(
  visitor: Visitor,
  projectId: string,
  query: Record<string, string>,
  file: Buffer | readonly object[],
) {
  const payload = Buffer.isBuffer(file) ? file : Buffer.from(file.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return visitor.server.inject({
    method: "POST",
    url: `/api/projects/${projectId}/imports`,
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
  const made = await admin.send("POST", "/api/projects", { name, overlap, guideline: "Say which is better." });
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
