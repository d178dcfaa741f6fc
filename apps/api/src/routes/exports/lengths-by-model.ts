import { setTimeout as sleep } from "node:timers/promises";
import {
  type DomainError,
  type ExportFormat,
  type ExportOptions,
  type RowLengths,
  refused,
} from "@touchstone/contracts";
import { openRowLengthsQueue } from "@touchstone/jobs";
import { exportedRowsVersion, findModel } from "@touchstone/persistence";
import type { FastifyInstance, FastifyReply } from "fastify";

/** Whoever asks waits so long, in ms, and then is told to ask again; the count goes on. */
const patienceMs = 8_000;
const lookEveryMs = 200;
/** Seconds after which whoever was told so asks again. */
const retrySeconds = 3;

interface Asked {
  readonly workspaceId: string;
  readonly projectId: string;
  /** Null: the rows that the project would export now. */
  readonly labelSetId: string | null;
  readonly includeSimulated: boolean;
  readonly format: ExportFormat;
  readonly aggregation: ExportOptions["aggregation"];
  readonly tokens: number;
  readonly modelId: string;
}

/** Rows longer than a number of tokens by a model's tokenizer: a worker counts, since this process loads no models. */
export function lengthsByModel(app: FastifyInstance) {
  const db = app.database;
  const queue = openRowLengthsQueue(app.redis);
  app.addHook("onClose", () => queue.close().catch(() => undefined));

  /**
   * @returns the counts, or why there are none yet
   * @throws DomainError where this model counts nothing at all
   */
  async function countWithin(asked: Asked, signal: AbortSignal): Promise<RowLengths | DomainError> {
    const { tokens, modelId } = asked;
    const { name, kind } = await findModel(db, asked.workspaceId, modelId);
    if (kind !== "policy") throw refused("tokenizerOfPolicy", { name, at: "model" });
    const version = await exportedRowsVersion(db, asked);
    const end = performance.now() + patienceMs;
    for (;;) {
      signal.throwIfAborted();
      const count = await queue.ask(asked, version);
      if (count.state === "counted") {
        if ("unreadable" in count.counted) throw refused("tokenizerUnreadable", { name, at: "model" });
        return { tokens, counting: { by: "model", modelId, name }, ...count.counted };
      }
      if (count.state === "unknown" && count.why !== "slow") {
        return count.why === "failed" ? refused("lengthsFailed", { name }) : refused("lengthsWithoutWorker", { name });
      }
      if (performance.now() > end) return refused("lengthsCounting", { name, seconds: retrySeconds });
      await sleep(lookEveryMs, undefined, { signal });
    }
  }

  return {
    /** Null where it takes too long to wait for, or nobody is there to count. */
    async orNull(asked: Asked, signal: AbortSignal): Promise<RowLengths | null> {
      const counted = await countWithin(asked, signal);
      return counted instanceof Error ? null : counted;
    },
    /** @throws DomainError that says to ask again, or why there is no count. */
    async count(asked: Asked, reply: FastifyReply, signal: AbortSignal): Promise<RowLengths> {
      const counted = await countWithin(asked, signal);
      if (!(counted instanceof Error)) return counted;
      if (counted.reason === "lengthsCounting") reply.header("retry-after", retrySeconds);
      throw counted;
    },
  };
}
