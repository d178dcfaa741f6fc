import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { SessionView } from "@touchstone/contracts";
import type { Database } from "@touchstone/persistence";
import { AnnotatorsAtWork, lostAndDoubled } from "../harness/annotators-at-work.ts";
import { labellingProject } from "../harness/labelling-project.ts";
import { createLogin, password } from "../harness/visitor.ts";
import type { Orders } from "./attacker.thread.ts";
import type { Target, Way } from "./attacker.ts";
import { HealthWatch } from "./health-watch.ts";
import { members, votedRow, votesQuery } from "./members.ts";
import { strangers } from "./strangers.ts";

/**
 * Where each way comes from: a network of its own, so that none is spared by the limits that the one before has met, and not
 * from where the annotators are, whose address knows none.
 */
const addressOf = (way: number) => `127.${way + 1}.0.2`;
const people = 16;
/** Milliseconds that each annotator reads a task before the answer: sixteen without it would be the load themselves. */
const readingMs = 40;
/** Of whom nothing is acknowledged for so long is held up for good, in ms. */
const patienceMs = 60_000;
/** Seconds that say enough of how it is when nobody attacks. */
const longestQuiet = 30;

export interface Outcome {
  readonly way: string;
  readonly by: "nobody" | "stranger" | "member";
  /** What the attacker was answered, by status. */
  readonly answers: string;
  /** Judgements of the sixteen that were acknowledged meanwhile, and how long 99 of 100 of them took at most. */
  readonly judged: number;
  readonly p99Ms: number;
  /** Of their requests, those that were answered by 500 and above, or by nothing. */
  readonly troubles: number;
  /** The longest that the API took to say that it lives. */
  readonly healthMs: number;
}

export interface AttackReport {
  readonly outcomes: readonly Outcome[];
  readonly lost: number;
  readonly doubled: number;
}

interface Attack {
  readonly db: Database;
  readonly target: Target;
  /** How long each way is tried. */
  readonly seconds: number;
  /** Which ways are tried. */
  readonly wanted: (way: Way) => boolean;
  readonly say: (outcome: Outcome) => void;
}

/** Tries one way after the other beside sixteen annotators of another workspace, and tells what these felt of each. */
export async function attack({ db, target, seconds, wanted, say }: Attack): Promise<AttackReport> {
  const url = `http://${target.host}:${target.port}`;
  // Enough tasks that nobody runs out of them.
  const project = await labellingProject(db, { tasks: 20_000, overlap: 5, annotators: 0 });
  const annotators = await AnnotatorsAtWork.signIn(db, { url: () => url, project, people, readingMs });
  const grounds = await groundsOf(db, target);
  const work = annotators.work();
  const health = new HealthWatch(url);
  const outcomes: Outcome[] = [];

  const untilAcknowledged = async (count: number): Promise<void> => {
    const deadline = Date.now() + patienceMs;
    while (annotators.acknowledged.length < count && Date.now() < deadline) await sleep(10);
  };
  const during = async (way: string, by: Outcome["by"], harm: () => Promise<string>) => {
    const [firstWait, firstTrouble] = [annotators.acknowledged.length, annotators.troubles.length];
    health.restart();
    const answers = await harm();
    // However short the time was: that they go on is what counts, and whom they waited for meanwhile is in the figure.
    await untilAcknowledged(firstWait + 1);
    const waits = annotators.acknowledged.slice(firstWait).map(({ ms }) => ms);
    const outcome = {
      way,
      by,
      answers,
      judged: waits.length,
      p99Ms: Math.round(quantile(waits, 0.99)),
      troubles: annotators.troubles.length - firstTrouble,
      healthMs: Math.round(health.longestMs),
    };
    outcomes.push(outcome);
    say(outcome);
    // What it left behind is its own fault and not that of the next.
    await health.calm();
  };

  // All are at work by then.
  await untilAcknowledged(people);
  await during("nothing", "nobody", () => sleep(Math.min(seconds, longestQuiet) * 1_000, ""));
  for (const { by, ways, member } of [
    { by: "stranger", ways: strangers, member: null },
    { by: "member", ways: members(grounds), member: grounds },
  ] as const) {
    for (const { name } of ways.filter(wanted)) {
      const localAddress = addressOf(outcomes.length);
      await during(name, by, () => order({ way: name, target, seconds, localAddress, member }));
    }
  }
  annotators.stop();
  await work;
  health.stop();
  const { lost, doubled } = await lostAndDoubled(db, project.projectId, annotators.acknowledged);
  return { outcomes, lost, doubled };
}

/** Has a thread attack. @returns what it was answered, by status */
async function order(workerData: Orders): Promise<string> {
  const thread = new Worker(attackerThread(), { workerData });
  try {
    return await new Promise((resolve, reject) => {
      thread.once("message", resolve);
      thread.once("error", reject);
      thread.once("exit", () => reject(new Error(`${workerData.way} ended before its time.`)));
    });
  } finally {
    await thread.terminate();
  }
}

/** A new thread can't read TypeScript before it is taught to, whatever its parent has learned. */
function attackerThread(): URL {
  const [tsx, source] = [import.meta.resolve("tsx/esm/api"), new URL("./attacker.thread.ts", import.meta.url).href];
  const code = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(source)});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** An admin of another workspace, signed in from an address of their own, with two projects to do harm from. */
async function groundsOf(db: Database, target: Target): Promise<NonNullable<Orders["member"]>> {
  const email = "mallory@example.org";
  await createLogin(db, email);
  const origin = `${target.host}:${target.port}`;
  const session = await fetch(`http://${origin}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  const { csrfToken } = SessionView.parse(await session.json());
  const headers = { cookie: session.headers.get("set-cookie")?.split(";")[0] ?? "", "x-csrf-token": csrfToken };
  const post = async (path: string, contentType: string, body: string) => {
    const all = { ...headers, "content-type": contentType };
    const answer = await fetch(`http://${origin}${path}`, { method: "POST", headers: all, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  const newProject = async (name: string): Promise<string> =>
    (await post("/api/projects", "application/json", JSON.stringify({ name }))).id;
  const [projectId, votedId] = [await newProject("Grounds"), await newProject("Votes")];
  const voted = `${JSON.stringify(votedRow(4_000))}\n`;
  await post(`/api/projects/${votedId}/imports?${votesQuery}`, "application/x-ndjson", voted);
  return { projectId, votedId, headers, socketOrigin: `ws://${origin}` };
}

/** @returns 0 where there is no value. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}
