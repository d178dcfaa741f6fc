import { randomUUID } from "node:crypto";
import { ExportFormat, routeNames, routes } from "@touchstone/contracts";
import pg from "pg";
import type { ErasurePlace } from "./erasure-place.ts";
import { sampleRequest } from "./sample-requests.ts";

/** What the first word of a path below /api is about, where it is not the table's own name in the plural. */
const tableOf: Readonly<Record<string, string>> = {
  ...{ work: "project", items: "task", skips: "lease", models: "model_version", "label-sets": "label_set" },
  ...{ views: "saved_view", arena: "project", battles: "arena_battle" },
};

/** What an admin is answered by every route that reads, about some things of its kind, and by every export. */
export async function everyAnswer({ api, admin, projectId }: ErasurePlace): Promise<Map<string, string>> {
  const client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
  const idsOf = async (path: string): Promise<string[]> => {
    const noun = path.split("/")[2] ?? "";
    const table = tableOf[noun] ?? noun.replace(/s$/, "");
    const { rows: known } = await client.query("SELECT to_regclass($1) AS there", [table]);
    if (!path.includes(":id") || known[0]?.there === null) return [randomUUID()];
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM "${table}" ORDER BY id DESC LIMIT 3`);
    return rows.map(({ id }) => id);
  };
  const found = new Map<string, string>();
  for (const name of routeNames) {
    const route = routes[name];
    if (route.method !== "GET" || name === "openSocket") continue;
    for (const id of await idsOf(route.path)) {
      const { url } = sampleRequest(name, route, id);
      const answer = await admin.send("GET", url);
      if (answer.statusCode === 200) found.set(url, answer.body);
    }
  }
  await client.end();
  for (const format of ExportFormat.options) {
    const url = `/api/projects/${projectId}/exports?format=${format}`;
    found.set(url, (await admin.send("GET", url)).body);
  }
  return found;
}
