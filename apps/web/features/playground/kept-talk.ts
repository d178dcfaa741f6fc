import { z } from "zod";
import { freshTalk, type Talk } from "./talk.ts";

const Kept = z.object({
  version: z.literal(1),
  talk: z.custom<Talk>(
    (value) => typeof value === "object" && value !== null && "turns" in value && "columns" in value,
  ),
});
const keyOf = (memberId: string): string => `touchstone-playground:${memberId}`;

/** What lay on this tab's page before it was loaded again; what grew then grows no more. */
export function keptTalk(memberId: string): Talk | null {
  try {
    const kept = Kept.safeParse(JSON.parse(sessionStorage.getItem(keyOf(memberId)) ?? "null"));
    return kept.success ? ended({ ...freshTalk, ...kept.data.talk }) : null;
  } catch {
    return null;
  }
}

/** For this tab alone, until it is closed. @returns whether the browser had room for it */
export function keepTalk(memberId: string, talk: Talk): boolean {
  try {
    sessionStorage.setItem(keyOf(memberId), JSON.stringify({ version: 1, talk }));
    return true;
  } catch {
    return false;
  }
}

function ended(talk: Talk): Talk {
  const turns = talk.turns.map((turn) => {
    const draws = Object.entries(turn.draws).map(([column, all]) => [
      column,
      all.map((draw) => (draw.state === "growing" ? { ...draw, state: "broken" as const } : draw)),
    ]);
    return { ...turn, draws: Object.fromEntries(draws) };
  });
  return { ...talk, turns };
}
