import { randomUUID } from "node:crypto";
import { type DomainErrorData, Message, refused, ScorePart } from "@touchstone/contracts";
import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import { z } from "zod";
import { NewsLine } from "./news-line.ts";
import { takeTurn } from "./turns.ts";
import { withinPatience } from "./within-patience.ts";

/**
 * What the API and a worker that serves say to each other: a job of BullMQ brings the question to one worker, in the turn of its
 * workspace, and what comes of it goes back over a channel of Redis by that job's id. Whoever asked listens before the question
 * is there; as soon as nobody listens any more, the worker stops. News are numbered, so that a gap is seen, and only `done` makes
 * an answer whole.
 */
export const ServingJob = z.object({
  workspaceId: z.uuid(),
  modelId: z.uuid(),
  ask: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("chat"),
      messages: z.array(Message),
      answers: z.number().int(),
      seed: z.number().int(),
      sampling: z.object({
        temperature: z.number(),
        topP: z.number(),
        maxNewTokens: z.number().int().optional(),
        stop: z.array(z.string()),
      }),
    }),
    z.object({
      kind: z.literal("score"),
      items: z.array(z.object({ prompt: z.array(Message), text: z.string() })),
      /** Whether what a score is the sum of is wanted too. */
      parts: z.boolean().optional(),
    }),
  ]),
});
export type ServingJob = z.infer<typeof ServingJob>;
export type ServingAsk = ServingJob["ask"];
export const servingQueueName = "serving";

/** What a worker is started with that is to serve. */
const servingSetting = "TOUCHSTONE_CAPABILITIES=cpu,serve";

/** What an answer has said since the last news. */
const Said = z.object({
  answer: z.number().int(),
  text: z.string(),
  tokens: z.number().int(),
  finishReason: z.enum(["stop", "length"]).optional(),
});
const Score = z.object({
  score: z.number(),
  normalised: z.number(),
  truncated: z.boolean(),
  parts: z.array(ScorePart).nullable().optional(),
  members: z.array(z.number()).optional(),
});
export type ServedScore = z.infer<typeof Score>;

const Told = z.discriminatedUnion("type", [
  /** It is still at work. */
  z.object({ type: z.literal("beat") }),
  z.object({ type: z.literal("begun"), promptTokens: z.number().int() }),
  z.object({ type: z.literal("said"), said: z.array(Said) }),
  z.object({ type: z.literal("scored"), scores: z.array(Score) }),
  z.object({ type: z.literal("failed"), error: z.custom<DomainErrorData>() }),
  z.object({ type: z.literal("done") }),
]);
export type ServingNews = z.infer<typeof Told>;
const NumberedNews = z.object({ number: z.number().int(), news: Told });

export const servingChannel = (id: string) => `touchstone:serving:${id}`;
/** A worker says so often, in ms, that it is still at work: so often it learns as well that nobody listens. */
export const servingBeatMs = 500;
/** So long a worker may be silent, in ms, until it is taken for lost. */
const longestSilenceMs = 10_000;
/** Questions that wait for all workers together; whoever comes after them is asked to come again. */
const mostWaiting = 256;

export interface ServingQueue {
  /**
   * Asks a worker, and gives what it says until it is done. Leaving the iteration, or aborting, makes the worker stop.
   * @throws DomainError where nobody serves, too many wait, the worker refuses, or was lost before the answer was whole
   */
  ask(job: ServingJob, signal: AbortSignal): AsyncGenerator<ServingNews>;
  close(): Promise<void>;
}

/** @param connection for commands, which stays the caller's; what is listened on is a connection of its own */
export function openServingQueue(
  connection: Redis,
  { lostAfterMs, patienceMs } = { lostAfterMs: longestSilenceMs, patienceMs: 4 * servingBeatMs },
): ServingQueue {
  const queue = new Queue<ServingJob>(servingQueueName, { connection });
  queue.on("error", () => {});
  const keys = { waiting: queue.toKey("prioritized"), turns: "touchstone:serving:turns" };
  const listening = new NewsLine(connection);

  /** Nothing was said for a while: waits it, is it at work, or is it gone? @throws DomainError in the last case */
  async function lookAfter(id: string, silentSince: number): Promise<void> {
    const job = await queue.getJob(id);
    const state = await job?.getState();
    const silentMs = performance.now() - silentSince;
    if (state === "prioritized" || state === "waiting" || state === "delayed") {
      if ((await queue.getWorkersCount()) > 0) return;
      await job?.remove();
      throw refused("servingNoWorker", { setting: servingSetting });
    }
    if (silentMs > lostAfterMs) throw refused("servingBrokeOff");
  }

  return {
    async *ask(job, signal) {
      const parsed = ServingJob.parse(job);
      const state = await withinPatience(
        Promise.all([queue.getWorkersCount(), queue.getJobCountByTypes("waiting", "prioritized")]).then(
          ([workers, waiting]) => {
            if (workers === 0) return refused("servingNoWorker", { setting: servingSetting });
            return waiting >= mostWaiting ? refused("servingBusy", { limit: mostWaiting }) : null;
          },
        ),
        () => refused("servingNoQueue"),
      );
      if (state !== null) throw state;
      const id = randomUUID();
      const line = await listening.listen(servingChannel(id), signal);
      try {
        const priority = await takeTurn(connection, keys, parsed.workspaceId);
        await queue.add("serve", parsed, { jobId: id, priority, removeOnComplete: true, removeOnFail: true });
        let next = 0;
        let heardAt = performance.now();
        for (;;) {
          const text = await line.next(patienceMs);
          signal.throwIfAborted();
          if (text === null) {
            await lookAfter(id, heardAt);
            continue;
          }
          heardAt = performance.now();
          const { number, news } = NumberedNews.parse(JSON.parse(text));
          if (number !== next++) throw refused("servingBrokeOff");
          if (news.type === "beat") continue;
          yield news;
          if (news.type === "done") return;
        }
      } finally {
        await line.close();
        // One that nobody has begun is not begun any more; one at work can't be removed, and hears that nobody listens.
        const left = await queue.getJob(id).catch(() => undefined);
        await left?.remove().catch(() => undefined);
      }
    },
    async close() {
      listening.close();
      await queue.close();
    },
  };
}
