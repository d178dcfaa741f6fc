import { votedRow, votesQuery } from "../../attack/members.ts";
import { RemoteVisitor } from "../../harness/remote-visitor.ts";
import { createLogin } from "../../harness/visitor.ts";
import type { Effort } from "../bench.ts";
import { quantile } from "../figures.ts";
import { type Row, rowOf } from "../report.ts";
import type { StandingApi } from "../standing-api.ts";

const email = "grace@example.org";

/** How long the live figures of a project take whose one task has so many votes, each time computed anew. */
export async function figuresRow({ db, api }: StandingApi, votes: number, { rounds, seconds }: Effort): Promise<Row> {
  await createLogin(db, email);
  const admin = await RemoteVisitor.signIn(api.url, email);
  const { id } = await admin.json<{ id: string }>("POST", "/api/projects", { name: "Votes" });
  const imported = await admin.sendLines(
    `/api/projects/${id}/imports?${votesQuery}`,
    `${JSON.stringify(votedRow(votes))}\n`,
  );
  if (!imported.ok) throw new Error(`The votes were not taken: ${await imported.text()}`);
  const once = async () => {
    // What staff change is shown at once, so nothing of the last answer is.
    await admin.json("PATCH", `/api/projects/${id}`, { description: String(performance.now()) });
    const startedAt = performance.now();
    await admin.json("GET", `/api/projects/${id}/figures`);
    return performance.now() - startedAt;
  };
  await once();
  const p99s: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const times: number[] = [];
    for (const until = performance.now() + seconds * 1_000; performance.now() < until; ) times.push(await once());
    p99s.push(quantile(times, 0.99));
  }
  return rowOf({
    case: "figures",
    unit: "ms",
    measure: "time",
    ours: [{ label: `p99, one task of ${votes.toLocaleString("en")} votes`, rounds: p99s }],
    peers: [],
    missing: ["it has no peer; the aim is 200 ms"],
  });
}
