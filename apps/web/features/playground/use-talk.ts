import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { api } from "../../api/client.ts";
import { endpointsQuery } from "../endpoints/endpoint-queries.ts";
import { forgetModels } from "../models/model-queries.ts";
import { keepTalk, keptTalk } from "./kept-talk.ts";
import { type Draw, endpointOf, freshTalk, type Talk } from "./talk.ts";
import { TalkStore } from "./talk-store.ts";

/** While answers grow, the page is kept so often, in ms: what a reload loses is no more than that. */
const keptEveryMs = 500;

interface OpenTalk {
  readonly store: TalkStore;
  readonly talk: Talk;
  /** The answer that has ended last. */
  readonly lastEnded: Draw | null;
  /** The browser had no room to keep the page. */
  readonly unkept: boolean;
}

/**
 * The conversation of this tab, which outlives a reload and nothing else.
 *
 * @param named models that the address asks for: beside those of a conversation that is there
 * @param first whom a fresh one is with
 */
export function useTalk(memberId: string, named: readonly string[], first: () => readonly string[]): OpenTalk {
  const client = useQueryClient();
  const [lastEnded, setLastEnded] = useState<Draw | null>(null);
  const [unkept, setUnkept] = useState(false);
  const [store] = useState(() => {
    const opened = new TalkStore(keptTalk(memberId), {
      ask: api.streamAnswer,
      askEndpoint: api.streamEndpointAnswer,
      onEnd: (draw) => {
        setLastEnded(draw);
        // What is spent stands at the head of its column.
        if (endpointOf(draw.modelId) !== null) void client.invalidateQueries(endpointsQuery());
        // Somebody may have put the model away, or deleted it: the lists say so from now on.
        if (draw.problem !== null && draw.problem.status < 500) forgetModels(client);
      },
    });
    opened.begin(named, first);
    return opened;
  });
  const talk = useSyncExternalStore(store.subscribe, store.read, () => freshTalk);

  // External system: the tab's storage.
  useEffect(() => {
    let due: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => {
      due = undefined;
      setUnkept(!keepTalk(memberId, store.read()));
    };
    const leave = store.subscribe(() => {
      due ??= setTimeout(keep, keptEveryMs);
    });
    window.addEventListener("pagehide", keep);
    return () => {
      leave();
      window.removeEventListener("pagehide", keep);
      if (due !== undefined) clearTimeout(due);
      // Nobody reads on: the server need not go on either.
      store.stop();
      keep();
    };
  }, [store, memberId]);

  return { store, talk, lastEnded, unkept };
}
