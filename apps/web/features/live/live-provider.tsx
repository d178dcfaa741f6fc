"use client";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { type LiveSocket, openLiveSocket, type Topic } from "@touchstone/api-client";
import type { SocketEvent } from "@touchstone/contracts";
import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import { inquiriesKey, openRemarksKey } from "../guidance/guidance-keys.ts";
import { figuresQuery } from "../projects/project-queries.ts";
import { metricsQuery, runQuery } from "../runs/run-queries.ts";
import { sessionQuery } from "../session/session-query.ts";
import { appendMetrics } from "./append-metrics.ts";
import { askForTicket } from "./ask-for-ticket.ts";

const Context = createContext<LiveSocket | null>(null);

/** What the socket says goes straight into the query cache, so that screens know only queries. */
function store(client: QueryClient, event: SocketEvent): void {
  switch (event.type) {
    case "figures":
      client.setQueryData(figuresQuery(event.id).queryKey, event.figures);
      break;
    case "run":
      client.setQueryData(runQuery(event.id).queryKey, event.run);
      break;
    case "metrics":
      client.setQueryData(metricsQuery(event.id).queryKey, (old) => appendMetrics(old, event.step, event.values));
      followStep(client, event.id, event.step);
      break;
    case "guidance":
      for (const queryKey of [inquiriesKey(event.id), openRemarksKey(event.id)])
        void client.invalidateQueries({ queryKey });
      break;
    default:
  }
}

/** How old the time left may be; each step resets the query's own timer, so the refetch is asked for here. */
const freshMs = 5_000;

/** A step says how far the run is; how many there will be and how long they take is fetched now and then. */
function followStep(client: QueryClient, id: string, step: number): void {
  const { queryKey } = runQuery(id);
  const updatedAt = client.getQueryState(queryKey)?.dataUpdatedAt ?? 0;
  const run = client.setQueryData(queryKey, (old) => (old ? { ...old, step } : old), { updatedAt });
  if (run && (run.totalSteps === null || Date.now() - updatedAt > freshMs))
    void client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
}

/** One socket for all live pages of a tab; what was missed while it was cut is fetched again. */
export function LiveProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const [socket, setSocket] = useState<LiveSocket | null>(null);
  // External system: the WebSocket.
  useEffect(() => {
    let cut = false;
    const opened = openLiveSocket({
      baseUrl: window.location.origin.replace(/^http/, "ws"),
      ticket: () =>
        askForTicket(api.createSocketTicket, () => void client.invalidateQueries({ queryKey: sessionQuery.queryKey })),
      onEvent: (event) => store(client, event),
      onConnection: (connected) => {
        if (connected && cut) void client.invalidateQueries();
        cut = !connected;
      },
    });
    setSocket(opened);
    return () => opened.close();
  }, [client]);
  return <Context value={socket}>{children}</Context>;
}

/** Keeps one project's figures, one run or the questions of a project live while the calling screen stands; nothing while there is none. */
export function useLive(topic: Topic, id: string | undefined): void {
  const socket = use(Context);
  // External system: a subscription on the socket.
  useEffect(() => (id === undefined ? undefined : socket?.subscribe(topic, id)), [socket, topic, id]);
}
