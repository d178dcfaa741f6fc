import { ApiError, type Client } from "@touchstone/api-client";
import { AnswerEvent, type AnswerSampling, largestSeed, type Problem } from "@touchstone/contracts";
import { readEvents } from "../../api/read-events.ts";
import {
  type Column,
  type Draw,
  drawInSight,
  endpointOf,
  freshTalk,
  hindrance,
  messagesAt,
  mostColumns,
  type Settings,
  type Talk,
  type Turn,
  withDraw,
  withMark,
  withNewDraw,
} from "./talk.ts";

export interface TalkPorts {
  readonly ask: Client["streamAnswer"];
  readonly askEndpoint: Client["streamEndpointAnswer"];
  /** An answer has ended, whole or not. */
  readonly onEnd?: (draw: Draw) => void;
}

/** A conversation with several models at once. Each answer grows by itself; leaving, stopping and clearing end it at the server too. */
export class TalkStore {
  #talk: Talk;
  readonly #ports: TalkPorts;
  readonly #listeners = new Set<() => void>();
  readonly #streams = new Map<string, AbortController>();

  constructor(talk: Talk | null, ports: TalkPorts) {
    this.#talk = talk ?? freshTalk;
    this.#ports = ports;
  }

  readonly read = (): Talk => this.#talk;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(talk: Talk): void {
    this.#talk = talk;
    for (const listener of this.#listeners) listener();
  }

  set(settings: Partial<Settings>): void {
    this.#set({ ...this.#talk, settings: { ...this.#talk.settings, ...settings } });
  }

  /** Says something to all. @returns whether it was said. */
  send(text: string): boolean {
    if (text.trim() === "" || hindrance(this.#talk) !== null) return false;
    const turn: Turn = { id: crypto.randomUUID(), text, draws: {}, shown: {}, picked: null };
    this.#set({ ...this.#talk, turns: [...this.#talk.turns, turn] });
    for (const { key } of this.#talk.columns) void this.#draw(key, this.#talk.turns.length - 1);
    return true;
  }

  /** Says the last turn otherwise: its answers go. */
  sayOtherwise(text: string): boolean {
    if (text.trim() === "") return false;
    this.#end(this.#talk.turns.at(-1));
    this.#set({ ...this.#talk, turns: this.#talk.turns.slice(0, -1) });
    return this.send(text);
  }

  /** One more answer to the last turn, with another seed. */
  again(column: string): void {
    const at = this.#talk.turns.length - 1;
    const turn = this.#talk.turns[at];
    if (!turn || drawInSight(turn, column)?.state === "growing") return;
    const used = (turn.draws[column] ?? []).map(({ seed }) => seed);
    const { seed } = this.#talk.settings;
    void this.#draw(column, at, seed === null ? undefined : nextSeed(seed, used));
  }

  /** Asks a column all turns that it has no answer to, one after another. */
  async catchUp(column: string): Promise<void> {
    for (let at = 0; at < this.#talk.turns.length; at++) {
      const turn = this.#talk.turns[at];
      const last = turn && drawInSight(turn, column);
      if (last && last.state !== "broken") continue;
      if ((await this.#draw(column, at)) !== "whole") return;
    }
  }

  show(turn: string, column: string, index: number): void {
    this.#change(turn, (one) => ({ ...one, shown: { ...one.shown, [column]: index } }));
  }

  pick(turn: string, column: string): void {
    this.#change(turn, (one) => ({ ...one, picked: column }));
  }

  mark(draw: string): void {
    this.#set(withMark(this.#talk, draw));
  }

  /** Whom it is with: who is there already and who is named, as far as there is room; or else the first. */
  begin(named: readonly string[], first: () => readonly string[]): void {
    const { columns } = this.#talk;
    const known = new Set(columns.map(({ modelId }) => modelId));
    const wanted = columns.length === 0 ? first() : named.filter((id) => !known.has(id));
    this.#set({ ...this.#talk, columns: [...columns, ...wanted.map(newColumn)].slice(0, mostColumns) });
  }

  addColumn(modelId: string): void {
    this.#set({ ...this.#talk, columns: [...this.#talk.columns, newColumn(modelId)] });
  }

  /** Another model in a column's place has answered nothing yet. */
  replace(column: string, modelId: string): void {
    this.stop(column);
    const columns = this.#talk.columns.map((one) => (one.key === column ? newColumn(modelId) : one));
    this.#set({ ...this.#talk, columns });
  }

  remove(column: string): void {
    this.stop(column);
    this.#set({ ...this.#talk, columns: this.#talk.columns.filter(({ key }) => key !== column) });
  }

  /** Ends what grows, of one column or of all. */
  stop(column?: string): void {
    for (const turn of this.#talk.turns) this.#end(turn, column);
  }

  clear(): void {
    this.stop();
    this.#set({ ...this.#talk, turns: [], marked: [] });
  }

  #change(id: string, change: (turn: Turn) => Turn): void {
    this.#set({ ...this.#talk, turns: this.#talk.turns.map((turn) => (turn.id === id ? change(turn) : turn)) });
  }

  #end(turn: Turn | undefined, column?: string): void {
    for (const [key, draws] of Object.entries(turn?.draws ?? {}))
      if (column === undefined || key === column) for (const { id } of draws) this.#streams.get(id)?.abort();
  }

  async #draw(column: string, at: number, seed?: number): Promise<Draw["state"] | "unasked"> {
    const { columns, settings } = this.#talk;
    const modelId = columns.find(({ key }) => key === column)?.modelId;
    const messages = messagesAt(this.#talk, column, at);
    if (modelId === undefined || messages === null) return "unasked";
    const draw: Draw = {
      ...{ id: crypto.randomUUID(), modelId, messages, sampling: samplingOf(settings) },
      seed: seed ?? settings.seed ?? randomSeed(),
      ...{ text: "", promptTokens: null, tokens: 0, state: "growing", finishReason: null, proof: null, problem: null },
    };
    this.#set(withNewDraw(this.#talk, at, column, draw));
    const stream = new AbortController();
    this.#streams.set(draw.id, stream);
    const change = (more: Partial<Draw>): void =>
      this.#set(withDraw(this.#talk, draw.id, (one) => ({ ...one, ...more })));
    let end: Partial<Draw>;
    try {
      end = await this.#listen(draw, stream.signal, change);
    } catch (error) {
      end = stream.signal.aborted ? { state: "stopped" } : { state: "broken", problem: problemOf(error) };
    }
    this.#streams.delete(draw.id);
    change(end);
    this.#ports.onEnd?.({ ...draw, ...end });
    return end.state ?? "broken";
  }

  async #listen(
    { modelId, messages, sampling, seed }: Draw,
    signal: AbortSignal,
    change: (more: Partial<Draw>) => void,
  ): Promise<Partial<Draw>> {
    const body = { messages: messages.map((turn) => ({ ...turn })), sampling, seed };
    const endpoint = endpointOf(modelId);
    const response = await (endpoint === null
      ? this.#ports.ask({ params: { id: modelId }, body }, { signal })
      : this.#ports.askEndpoint({ params: { id: endpoint }, body }, { signal }));
    let text = "";
    let end: Partial<Draw> = { state: "broken" };
    for await (const event of readEvents(response)) {
      if (signal.aborted) return { state: "stopped" };
      const news = AnswerEvent.parse(event);
      if (news.type === "begun") change({ promptTokens: news.promptTokens });
      if (news.type === "said") {
        text += news.text;
        change({ text, tokens: news.tokens });
      }
      if (news.type === "failed") return { state: "broken", problem: news.problem };
      if (news.type === "ended")
        end = {
          ...{ state: "whole", finishReason: news.finishReason, proof: news.proof },
          // Only the address knows, and only at the end.
          ...(typeof news.promptTokens === "number" ? { promptTokens: news.promptTokens } : {}),
          ...(typeof news.tokens === "number" ? { tokens: news.tokens } : {}),
        };
    }
    return end;
  }
}

const newColumn = (modelId: string): Column => ({ key: crypto.randomUUID(), modelId });

function samplingOf({ temperature, topP, maxNewTokens }: Settings): AnswerSampling {
  return { temperature, topP, ...(maxNewTokens === null ? {} : { maxNewTokens }) };
}

const randomSeed = (): number => Math.floor(Math.random() * largestSeed);

/** The first above that was not used yet. */
function nextSeed(seed: number, used: readonly number[]): number {
  let next = seed;
  while (used.includes(next)) next = next === largestSeed ? 0 : next + 1;
  return next;
}

/** What the server said, as it can be kept; null where it said nothing. */
function problemOf(error: unknown): Problem | null {
  if (!(error instanceof ApiError)) return null;
  const { code, status, message, requestId, refusal } = error;
  const said = { type: "about:blank", title: message, detail: message, code, status, requestId };
  return refusal === null ? said : { ...said, ...refusal };
}
