import { ApiError } from "@touchstone/api-client";
import { connect } from "./connect.ts";
import { exportToFile } from "./export-to-file.ts";
import { importRows } from "./import-rows.ts";
import { judgementsOf } from "./page-through.ts";
import { retried } from "./retried.ts";

/** From rows with votes to a frozen label set in a file; each step is an example of its own. */
const client = connect();
const project = await client.createProject({ body: { name: "From a program", overlap: 1 } });

const rows = [
  { prompt: "Why is the sky blue?", chosen: "Air scatters short waves most.", rejected: "It mirrors the sea." },
  { prompt: "What is a touchstone?", chosen: "A dark stone that tells gold by its streak.", rejected: "A door step." },
];
const imported = await importRows(client, project.id, rows, ({ counts }) => counts.badRows === 0);

const sources: string[] = [];
for await (const judgement of judgementsOf(client, project.id)) sources.push(judgement.member.kind);

const params = { id: project.id };
const set = await retried(() => client.makeLabelSet({ params, body: { selection: { filter: {} } } }));
if (set.id === null) throw new Error("Nothing is judged yet.");
const bytes = await exportToFile(client, set.id, "trl-preference", process.argv[2] ?? "preferences.jsonl");

const refused = await client.createProject({ body: { name: "" } }).catch((error: unknown) => error);
const { code, issues } = refused instanceof ApiError ? refused : { code: "none", issues: [] };
console.log(
  JSON.stringify({ judgements: imported?.judgements, sources, bytes, code, fields: issues.map(({ path }) => path) }),
);
