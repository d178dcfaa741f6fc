"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ArenaBattleView, ArenaChoice, ArenaView } from "@touchstone/contracts";
import { useCallback, useState } from "react";
import { api } from "../../api/client.ts";
import { useSendOnce } from "../../components/forms/send-once.ts";
import { arenaQuery } from "./arena-queries.ts";

/** What is done with a battle. */
type Act =
  | { readonly kind: "say"; readonly text: string; readonly key: string }
  | { readonly kind: "takeBack"; readonly number: number }
  | { readonly kind: "vote"; readonly choice: ArenaChoice; readonly reason: string }
  | { readonly kind: "end"; readonly how: "abandoned" | "withdrawn" };

export interface BattleActs {
  /** The one on the page: open, or ended a moment ago. */
  readonly battle: ArenaBattleView | null;
  readonly act: (act: Act, onDone?: () => void) => void;
  /** Puts what came from elsewhere in its place. */
  readonly put: (battle: ArenaBattleView) => void;
  /** The page is ready for another. */
  readonly leave: () => void;
  readonly pending: boolean;
  readonly problem: unknown;
}

/** The battle of an arena's page, and what can be done with it; each act is sent once. */
export function useBattle({ projectId, battle: open }: ArenaView): BattleActs {
  const client = useQueryClient();
  const [ended, setEnded] = useState<ArenaBattleView | null>(null);
  const sendOnce = useSendOnce();
  const battle = ended ?? open;

  const put = useCallback(
    (one: ArenaBattleView) => {
      setEnded(one.state === "open" ? null : one);
      client.setQueryData(arenaQuery(projectId).queryKey, (known) =>
        known ? { ...known, battle: one.state === "open" ? one : null } : known,
      );
      if (one.state !== "open") void client.invalidateQueries({ queryKey: arenaQuery(projectId).queryKey });
    },
    [client, projectId],
  );
  const mutation = useMutation({
    mutationFn: (act: Act) => send(projectId, battle, act),
    onSuccess: put,
    // What another window has done is seen at once, beside the reason.
    onError: () => void client.invalidateQueries({ queryKey: arenaQuery(projectId).queryKey }),
  });
  return {
    battle,
    put,
    act: (act, onDone) => sendOnce(() => mutation.mutateAsync(act).then(() => onDone?.())),
    leave: () => {
      setEnded(null);
      mutation.reset();
    },
    pending: mutation.isPending,
    problem: mutation.error,
  };
}

function send(projectId: string, battle: ArenaBattleView | null, act: Act): Promise<ArenaBattleView> {
  if (battle?.state !== "open") {
    const { text, key } = act.kind === "say" ? act : { text: "", key: "" };
    return api.beginBattle({ params: { id: projectId }, body: { idempotencyKey: key, text } });
  }
  const params = { id: battle.id };
  switch (act.kind) {
    case "say":
      return api.addTurn({ params, body: { number: battle.turns.length + 1, text: act.text } });
    case "takeBack":
      return api.takeTurnBack({ params, body: { number: act.number } });
    case "vote":
      return api.voteInBattle({ params, body: { choice: act.choice, reason: act.reason } });
    case "end":
      return api.endBattle({ params, body: { how: act.how } });
  }
}
