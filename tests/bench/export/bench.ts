import { freezeLabelSet } from "@touchstone/persistence";
import { RemoteVisitor } from "../../harness/remote-visitor.ts";
import { createLogin } from "../../harness/visitor.ts";
import type { Bench, Effort } from "../bench.ts";
import { projectOf, settle } from "../claim/grounds.ts";
import { measure, measuredOf, mustOpen, type Side } from "../measure.ts";
import { forgetPeak, memoryRow, peakMemoryMb } from "../process-memory.ts";
import { type Row, rowOf } from "../report.ts";
import { openStandingApi, type StandingApi } from "../standing-api.ts";
import { copiedOut } from "./copied-out.ts";
import { judgedTexts } from "./judged-texts.ts";

const containers = ["jsonl", "parquet"] as const;
const email = "export@example.org";
/** Annotators at work beside an export, and the tasks that they have. */
const [people, tasks] = [16, 100_000];

/** A label set of a million judgements of 300-word answers, downloaded whole from the public port, beside COPY of the same rows. */
export const exportBench: Bench = {
  cases: ["freeze", ...containers, "memory", "claim-p99"],
  takesTasks: true,
  async run(wanted, effort, say) {
    const standing = await openStandingApi(say);
    try {
      return await exportRows(standing, wanted, effort, say);
    } finally {
      await standing.close();
    }
  },
};

/** The cases that are wanted; `effort.tasks` is the number of judgements. */
export async function exportRows(
  standing: StandingApi,
  wanted: (name: string) => boolean,
  effort: Effort,
  say: (line: string) => void,
): Promise<Row[]> {
  const { db, pool, api } = standing;
  say(`making ${effort.tasks.toLocaleString("en")} judgements`);
  const { workspaceId, projectId } = await judgedTexts(db, effort.tasks);
  await settle(pool);
  const began = performance.now();
  const set = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: true });
  const freezing = { label: "this project", rounds: [set.judgements / seconds(began)] };
  say(`frozen in ${seconds(began).toFixed(1)} s`);
  await createLogin(db, email, { workspaceId, role: "admin" });
  const reader = await RemoteVisitor.signIn(api.url, email);

  const download = async (container: string, signal?: AbortSignal): Promise<number> => {
    const path = `/api/label-sets/${set.id}/export?format=trl-preference&container=${container}`;
    const answer = await reader.send("GET", path, undefined, signal ?? null);
    if (!answer.ok || !answer.body) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    let bytes = 0;
    for await (const chunk of answer.body) bytes += chunk.length;
    return bytes;
  };
  const sideOf = (label: string, whole: () => Promise<number>): Side => ({
    label,
    async round() {
      const from = performance.now();
      const bytes = await whole();
      const rate = set.judgements / seconds(from);
      const peak = peakMemoryMb(api.pid)?.toFixed(0) ?? "?";
      say(`${label}: ${(bytes / 1e6 / seconds(from)).toFixed(0)} MB/s; the API’s peak so far is ${peak} MB`);
      return { value: rate };
    },
  });
  const ours = containers.filter((name) => wanted(name) || wanted("memory"));
  const sides = ours.map((container) => sideOf(container, () => download(container)));
  const copy = sideOf("COPY … TO STDOUT", () => copiedOut(pool, set.id));
  forgetPeak(api.pid);
  say(`before the first export the API has ${peakMemoryMb(api.pid)?.toFixed(0) ?? "?"} MB`);
  const measured = sides.length > 0 ? await measure([...sides, copy], effort, say) : new Map();
  const peak = peakMemoryMb(api.pid);

  const rows = [
    rowOf({
      case: "freeze",
      unit: "judgements/s",
      measure: "rate",
      ours: [freezing],
      peers: [],
      missing: ["nothing else freezes"],
    }),
    ...sides.map((side) =>
      rowOf({
        case: side.label,
        unit: "rows/s",
        measure: "rate",
        ours: measuredOf(measured, side),
        peers: measuredOf(measured, copy),
        missing: [],
      }),
    ),
    ...(sides.length > 0 ? [memoryRow("memory", peak)] : []),
    ...(wanted("claim-p99") ? [await claimsBeside(standing, (signal) => download("jsonl", signal), effort, say)] : []),
  ];
  return rows.filter((row) => wanted(row.case));
}

const seconds = (since: number): number => (performance.now() - since) / 1_000;

/** What 99 of 100 judgements of sixteen annotators took while exports ran one after another, beside the same without. */
async function claimsBeside(
  { db, api, databaseUrl, pool }: StandingApi,
  download: (signal: AbortSignal) => Promise<number>,
  effort: Effort,
  say: (line: string) => void,
): Promise<Row> {
  const project = await projectOf(db, tasks, 0, say);
  await settle(pool);
  const order = { url: api.url, databaseUrl, project, people, name: "beside-exports" };
  const annotators = await mustOpen(new URL("../claim/annotators.ts", import.meta.url), order);
  const quiet: Side = { label: `${annotators.label}, alone`, round: annotators.round };
  const beside: Side = {
    label: `${annotators.label}, beside an export`,
    async round(length) {
      const gone = new AbortController();
      const exports = (async () => {
        while (!gone.signal.aborted) await download(gone.signal);
      })().catch((error: unknown) => {
        if (!gone.signal.aborted) throw error;
      });
      const came = await annotators.round(length);
      gone.abort();
      await exports;
      return came;
    },
  };
  try {
    const measured = await measure([quiet, beside], effort, say);
    const p99sOf = (side: Side) => measuredOf(measured, side, ({ p99Ms = Number.NaN }) => p99Ms);
    return rowOf({
      case: "claim-p99",
      unit: "ms",
      measure: "time",
      ours: p99sOf(beside),
      peers: p99sOf(quiet),
      missing: [],
    });
  } finally {
    await annotators.close();
  }
}
