import { Broadcast, broadcastChannel } from "@touchstone/contracts";
import type { FastifyInstance } from "fastify";
import { Redis } from "ioredis";
import { topicName } from "./present.ts";
import type { Topics } from "./topics.ts";

interface Listeners {
  readonly topics: Topics;
  readonly projectFigures: FastifyInstance["projectFigures"];
  readonly onAccessChange: () => void;
}

/** Hears what any process tells over Redis and passes it to the topics. A connection that returns refreshes them all. */
export function openBroadcasts(redisUrl: string, listeners: Listeners): Redis {
  const { topics, projectFigures, onAccessChange } = listeners;
  const subscriber = new Redis(redisUrl, {
    maxRetriesPerRequest: null,
    retryStrategy: (attempt: number) => Math.min(attempt * 100, 2_000),
    lazyConnect: true,
  });
  // plugins/redis.ts says that Redis is away; this connection meets the same outage.
  subscriber.on("error", () => undefined);
  subscriber.on("ready", () => {
    projectFigures.changed();
    topics.allChanged();
    onAccessChange();
  });
  subscriber.on("message", (_channel, message) => {
    const news = parse(message);
    if (news?.type === "access-changed") onAccessChange();
    else if (news) hear(news, listeners);
  });
  void subscriber.connect().catch(() => undefined);
  void subscriber.subscribe(broadcastChannel).catch(() => undefined);
  return subscriber;
}

function hear(news: Exclude<Broadcast, { type: "access-changed" }>, { topics, projectFigures }: Listeners): void {
  if (news.type === "project-changed") {
    projectFigures.changed(news.workspaceId, news.projectId);
    topics.changed(topicName(news.workspaceId, "project", news.projectId));
    return;
  }
  if (news.type === "guidance-changed") {
    topics.changed(topicName(news.workspaceId, "guidance", news.projectId));
    return;
  }
  const name = topicName(news.workspaceId, "run", news.runId);
  if (news.type === "run-changed") topics.changed(name);
  else topics.publish(name, { type: "metrics", id: news.runId, step: news.step, values: news.values });
}

/** Whatever else may be said on this channel, by a newer version perhaps, is not for us. */
function parse(message: string): Broadcast | undefined {
  try {
    return Broadcast.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}
