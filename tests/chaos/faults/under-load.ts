import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@touchstone/persistence";
import { AnnotatorsAtWork, lostAndDoubled } from "../../harness/annotators-at-work.ts";
import { brokenInvariants } from "../../harness/assignment-invariants.ts";
import { labellingProject } from "../../harness/labelling-project.ts";

/** Work before the fault, and after its end, in ms: long enough to see that all go on. */
const around = 3_000;
/** Between two looks at what has been acknowledged, in ms. */
const lookMs = 20;
/** Who has not gone on by then does not go on, in ms. */
const patienceMs = 120_000;
/** More than sixteen people answer in the time of any fault. */
const tasks = 60_000;
/** Reading time that leaves the machine something for the fault, in ms. */
const readingMs = 60;

export interface Measured {
  readonly fault: string;
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  /** Seconds in which nobody's judgement was acknowledged. */
  readonly silence: number;
  /** Answers of 500 and above, and broken connections, each tried again. */
  readonly troubles: number;
  /** Guarantees of the assignment that were found broken. */
  readonly broken: readonly string[];
}

/** What a fault costs sixteen annotators who judge meanwhile: the one measure of every row of the table. */
export async function underLoad(
  fault: string,
  { db, url }: { db: Database; url: () => string },
  inflict: () => Promise<void>,
): Promise<Measured> {
  const project = await labellingProject(db, { tasks, overlap: 1, annotators: 0 });
  const annotators = await AnnotatorsAtWork.signIn(db, {
    url,
    project,
    readingMs,
    name: `annotator-of-${project.projectId}`,
  });
  const { acknowledged, troubles } = annotators;
  const work = annotators.work();
  const pauses = watchPauses(() => acknowledged.length);
  await sleep(around);
  await inflict();
  const atEnd = acknowledged.length;
  const deadline = performance.now() + patienceMs;
  while (acknowledged.length === atEnd) {
    if (performance.now() > deadline) throw new Error(`Nobody's judgement was acknowledged after: ${fault}.`);
    await sleep(lookMs);
  }
  await sleep(around);
  const silence = pauses.stop() / 1_000;
  annotators.stop();
  await work;
  const { lost, doubled } = await lostAndDoubled(db, project.projectId, acknowledged);
  const broken = await brokenInvariants(db, { outboxDrained: true });
  return { fault, acknowledged: acknowledged.length, lost, doubled, silence, troubles: troubles.length, broken };
}

/** The longest time without a change of a count, in ms. */
function watchPauses(count: () => number): { stop(): number } {
  let last = count();
  let changedAt = performance.now();
  let longest = 0;
  const look = () => {
    longest = Math.max(longest, performance.now() - changedAt);
    if (count() === last) return;
    last = count();
    changedAt = performance.now();
  };
  const timer = setInterval(look, lookMs);
  return {
    stop() {
      clearInterval(timer);
      look();
      return longest;
    },
  };
}
