import type { Bench, Effort } from "../bench.ts";
import type { Contender } from "../contender.ts";
import { measure, measuredOf, mustOpen, type Side } from "../measure.ts";
import { type Row, rowOf } from "../report.ts";
import { openStandingApi, type StandingApi } from "../standing-api.ts";
import type { CrowdSettings } from "./crowd-settings.ts";
import { figuresRow } from "./figures-row.ts";
import { residentKb, socketsAtMost } from "./limits.ts";
import { openBareServer } from "./open-bare-server.ts";
import { type Watched, watchedRun } from "./watched-run.ts";

/** `people` have a session each: every look at who may stay asks for all of them. */
const wantedSizes = { sockets: 10_000, people: 50 };
/** Opened and closed before anything is weighed: what the first sockets of a process cost is not the sockets'. */
const firstSockets = 1_000;
/** Of one task: near the most that one row of a file may bring. */
const votes = 30_000;
const crowdFile = new URL("crowd.ts", import.meta.url);
const ofCrowd = ["fanout-p99", "per-client", "flood"];

type Say = (line: string) => void;

/** Live news to ten thousand sockets, beside the least that `ws` does, and what they feel of one of them that floods. */
export const socketsBench: Bench = {
  cases: [...ofCrowd, "figures"],
  async run(wanted, effort, say) {
    const standing = await openStandingApi(say);
    try {
      const sizes = { ...wantedSizes, sockets: socketsAtMost(wantedSizes.sockets) };
      const rows = ofCrowd.some(wanted) ? await crowdRows(standing, sizes, effort, say) : [];
      if (wanted("figures")) rows.push(await figuresRow(standing, votes, effort));
      return rows.filter((row) => wanted(row.case));
    } finally {
      await standing.close();
    }
  },
};

/** A crowd that has been let in, and what its server grew by. */
interface Weighed {
  readonly crowd: Contender;
  readonly pid: number;
  readonly beforeKb: number | undefined;
}

/** Of so many sockets at the product and as many at the peer, each crowd in a process of its own. */
export async function crowdRows(
  standing: StandingApi,
  { sockets, people }: typeof wantedSizes,
  effort: Effort,
  say: Say,
): Promise<Row[]> {
  const watched = await watchedRun(standing.db, people);
  const { redisUrl, api } = standing;
  const product = { url: api.url, redisUrl, ...watched };
  const bare = await openBareServer();
  const open: Contender[] = [];
  const letIn = async (pid: number, settings: Omit<CrowdSettings, "sockets">): Promise<Weighed> => {
    await (await mustOpen(crowdFile, { ...settings, sockets: Math.min(firstSockets, sockets) })).close();
    const beforeKb = residentKb(pid);
    const crowd = await mustOpen(crowdFile, { ...settings, sockets });
    open.push(crowd);
    say(`${sockets.toLocaleString("en")} sockets are open: ${settings.label}`);
    return { crowd, pid, beforeKb };
  };
  try {
    const ours = await letIn(api.pid, { label: `${sockets.toLocaleString("en")} sockets`, product });
    const peer = await letIn(bare.pid, { label: "bare ws", bareUrl: bare.url });
    const flooder = await mustOpen(new URL("flooder.ts", import.meta.url), floodOf(standing, watched));
    open.push(flooder);
    const grown = new Map<Weighed, number[]>([ours, peer].map((weighed) => [weighed, []]));
    const sideOf = (weighed: Weighed): Side => ({
      label: weighed.crowd.label,
      async round(seconds) {
        const came = await weighed.crowd.round(seconds);
        grown.get(weighed)?.push(...perClientKb(weighed, sockets));
        return came;
      },
    });
    const flooded: Side = {
      label: `${ours.crowd.label}, one of which floods`,
      async round(seconds) {
        const [came] = await Promise.all([ours.crowd.round(seconds), flooder.round(seconds)]);
        return came;
      },
    };
    const [quiet, others] = [sideOf(ours), sideOf(peer)];
    const measured = await measure([quiet, others, flooded], effort, say);
    const time = { unit: "ms", measure: "time", missing: [] } as const;
    const weightOf = (weighed: Weighed) => ({ label: weighed.crowd.label, rounds: grown.get(weighed) ?? [] });
    const weights = [ours, peer].map(weightOf).filter(({ rounds }) => rounds.length > 0);
    return [
      rowOf({ case: "fanout-p99", ...time, ours: measuredOf(measured, quiet), peers: measuredOf(measured, others) }),
      rowOf({
        case: "per-client",
        unit: "KB",
        measure: "time",
        ours: weights.slice(0, 1),
        peers: weights.slice(1),
        missing: ["this system has no /proc to read a process's memory from"],
      }),
      rowOf({ case: "flood", ...time, ours: measuredOf(measured, flooded), peers: measuredOf(measured, quiet) }),
    ];
  } finally {
    for (const contender of open) await contender.close();
    await bare.close();
  }
}

const floodOf = ({ api }: StandingApi, { emails, runId }: Watched) => ({ url: api.url, email: emails[0], runId });

function perClientKb({ pid, beforeKb }: Weighed, sockets: number): number[] {
  const nowKb = residentKb(pid);
  return nowKb === undefined || beforeKb === undefined ? [] : [(nowKb - beforeKb) / sockets];
}
