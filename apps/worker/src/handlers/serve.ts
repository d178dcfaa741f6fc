import { DomainError, type DomainErrorData, refused } from "@touchstone/contracts";
import { ServingJob, type ServingNews, servingBeatMs, servingChannel } from "@touchstone/jobs";
import type { Redis } from "ioredis";
import type { Services } from "../run/context.ts";
import type { ServingThread } from "../serving/serving-thread.ts";
import type { WarmModels } from "../serving/warm-models.ts";

export interface Serving extends Pick<Services, "log"> {
  readonly redis: Redis;
  readonly models: WarmModels;
  readonly thread: ServingThread;
}

/** Answers one question, and tells whoever asked what comes of it, until they have it all or listen no more. */
export async function handleServe(
  serving: Serving,
  job: { readonly id?: string | undefined; readonly data: unknown },
  shutdown: AbortSignal,
): Promise<void> {
  const { workspaceId, modelId, ask } = ServingJob.parse(job.data);
  const { tell, gone, end } = openNews(serving.redis, servingChannel(job.id ?? ""));
  try {
    tell({ type: "beat" });
    await serving.models.with(workspaceId, modelId, async () => {
      if (gone.aborted) return;
      await new Promise<void>((resolve) => {
        const leave = serving.thread.ask({ type: "ask", workspaceId, modelId, ask }, (news) => {
          tell(news);
          if (news.type === "done" || news.type === "failed") resolve();
        });
        const stop = () => {
          leave();
          resolve();
        };
        const close = () => {
          tell({ type: "failed", error: refused("servingBrokeOff").toData() });
          stop();
        };
        if (gone.aborted) stop();
        else gone.addEventListener("abort", stop, { once: true });
        if (shutdown.aborted) close();
        else shutdown.addEventListener("abort", close, { once: true });
      });
    });
  } catch (error) {
    tell({ type: "failed", error: asData(error) });
    if (!(error instanceof DomainError))
      serving.log.error({ err: error, model: modelId }, "a model could not be served");
  } finally {
    end();
  }
}

function asData(error: unknown): DomainErrorData {
  return (error instanceof DomainError ? error : refused("servingBrokeOff")).toData();
}

/** Tells in order, each with its number; `gone` aborts as soon as nobody listens, or Redis can't say that somebody does. */
function openNews(redis: Redis, channel: string) {
  const gone = new AbortController();
  let number = 0;
  const tell = (news: ServingNews) => {
    redis.publish(channel, JSON.stringify({ number: number++, news })).then(
      (listeners) => {
        if (listeners === 0) gone.abort();
      },
      () => gone.abort(),
    );
  };
  const beat = setInterval(() => tell({ type: "beat" }), servingBeatMs);
  return { tell, gone: gone.signal, end: () => clearInterval(beat) };
}
