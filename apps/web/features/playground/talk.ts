import type { AnswerSampling, PlainTurn, Problem } from "@touchstone/contracts";

/** More columns than these nobody reads side by side. */
export const mostColumns = 4;

/** Before the id of an endpoint, where a column is of the model behind one and not of a policy. */
const endpointPrefix = "endpoint:";
export const columnOfEndpoint = (id: string): string => `${endpointPrefix}${id}`;
/** The endpoint's id; null for a policy. */
export const endpointOf = (modelId: string): string | null =>
  modelId.startsWith(endpointPrefix) ? modelId.slice(endpointPrefix.length) : null;

/** An answer of one model to one turn, as it was drawn. Only a whole one has a proof, without which nobody is asked about it. */
export interface Draw {
  readonly id: string;
  readonly modelId: string;
  readonly messages: readonly PlainTurn[];
  readonly sampling: AnswerSampling;
  readonly seed: number;
  readonly text: string;
  readonly promptTokens: number | null;
  readonly tokens: number;
  /** `stopped` by the reader; `broken` by anything else: what it says until then is no whole answer. */
  readonly state: "growing" | "whole" | "stopped" | "broken";
  readonly finishReason: "stop" | "length" | null;
  readonly proof: string | null;
  /** Why it broke off; null where the connection was lost, or the page was left. */
  readonly problem: Problem | null;
}

export interface Column {
  readonly key: string;
  readonly modelId: string;
}

/** What was said, and by column what was answered: several draws where it was asked again, of which one is in sight. */
export interface Turn {
  readonly id: string;
  readonly text: string;
  readonly draws: Readonly<Record<string, readonly Draw[]>>;
  readonly shown: Readonly<Record<string, number>>;
  /** The column from whose answer all go on. */
  readonly picked: string | null;
}

export interface Settings {
  readonly system: string;
  readonly temperature: number;
  readonly topP: number;
  readonly maxNewTokens: number | null;
  /** Null: another for each answer. */
  readonly seed: number | null;
  /** Whether all columns go on from the answer that is picked, or each from its own. */
  readonly together: boolean;
}

/** All that lies on the page. */
export interface Talk {
  readonly columns: readonly Column[];
  readonly settings: Settings;
  readonly turns: readonly Turn[];
  /** Draws of which people are to be asked: two at most. */
  readonly marked: readonly string[];
}

export const freshTalk: Talk = {
  columns: [],
  settings: { system: "", temperature: 1, topP: 1, maxNewTokens: 256, seed: null, together: false },
  turns: [],
  marked: [],
};

/** The answer of a column that is in sight. */
export function drawInSight(turn: Turn, column: string): Draw | undefined {
  const draws = turn.draws[column] ?? [];
  return draws[turn.shown[column] ?? draws.length - 1];
}

/** What may stand in a conversation: whole, or stopped by the reader; and said something. */
const goesOn = (draw: Draw | undefined): draw is Draw =>
  draw !== undefined && draw.text !== "" && (draw.state === "whole" || draw.state === "stopped");

/**
 * What a column's model is asked at a turn: the system prompt and all that was said before, with its own answers or the picked
 * ones. Null where an answer before is missing or broke off.
 */
export function messagesAt({ turns, settings }: Talk, column: string, at: number): PlainTurn[] | null {
  const messages: PlainTurn[] = settings.system.trim() === "" ? [] : [{ role: "system", content: settings.system }];
  for (const [index, turn] of turns.slice(0, at + 1).entries()) {
    messages.push({ role: "user", content: turn.text });
    if (index === at) break;
    const answer = drawInSight(turn, settings.together ? (turn.picked ?? column) : column);
    if (!goesOn(answer)) return null;
    messages.push({ role: "assistant", content: answer.text });
  }
  return messages;
}

/** Why nothing can be said now; null where it can. */
export function hindrance({ columns, turns, settings }: Talk): "noModel" | "growing" | "unpicked" | null {
  if (columns.length === 0) return "noModel";
  const last = turns.at(-1);
  if (last === undefined) return null;
  if (isGrowing(last)) return "growing";
  if (!settings.together || columns.length < 2) return null;
  return last.picked === null ? "unpicked" : null;
}

export const drawsOf = (turn: Turn): Draw[] => Object.values(turn.draws).flat();
export const isGrowing = (turn: Turn): boolean => drawsOf(turn).some(({ state }) => state === "growing");

/** With one draw changed, wherever it stands. */
export function withDraw(talk: Talk, id: string, change: (draw: Draw) => Draw): Talk {
  const turns = talk.turns.map((turn) => {
    const [column] = Object.entries(turn.draws).find(([, draws]) => draws.some((draw) => draw.id === id)) ?? [];
    if (column === undefined) return turn;
    const draws = (turn.draws[column] ?? []).map((draw) => (draw.id === id ? change(draw) : draw));
    return { ...turn, draws: { ...turn.draws, [column]: draws } };
  });
  return { ...talk, turns };
}

/** With one more answer of a column to a turn, which is in sight from now on. */
export function withNewDraw(talk: Talk, at: number, column: string, draw: Draw): Talk {
  const turns = talk.turns.map((turn, index) => {
    if (index !== at) return turn;
    const draws = [...(turn.draws[column] ?? []), draw];
    const shown = { ...turn.shown, [column]: draws.length - 1 };
    return { ...turn, draws: { ...turn.draws, [column]: draws }, shown };
  });
  return { ...talk, turns };
}

/** A third mark takes the place of the first. */
export function withMark({ marked, ...talk }: Talk, id: string): Talk {
  const others = marked.filter((one) => one !== id);
  return { ...talk, marked: others.length < marked.length ? others : [...others, id].slice(-2) };
}

/** The marked answers that are still there, from left to right, the earlier draw first. */
export function markedDraws({ turns, columns, marked }: Talk): Draw[] {
  const inOrder = turns.flatMap((turn) => columns.flatMap(({ key }) => turn.draws[key] ?? []));
  return inOrder.filter(({ id }) => marked.includes(id));
}

/** Why people can't be asked about these two; null where they can. The server says the same, and more. */
export function pairFault(
  draws: readonly Draw[],
): "notTwo" | "ofEndpoint" | "notWhole" | "otherPrompts" | "sameText" | null {
  const [a, b] = draws;
  if (!a || !b) return "notTwo";
  if ([a, b].some(({ modelId }) => endpointOf(modelId) !== null)) return "ofEndpoint";
  if (a.proof === null || b.proof === null) return "notWhole";
  if (JSON.stringify(a.messages) !== JSON.stringify(b.messages)) return "otherPrompts";
  return a.text === b.text ? "sameText" : null;
}
