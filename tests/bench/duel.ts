import type { Effort } from "./bench.ts";
import { type Contender, openOurs, openPeer } from "./contender.ts";
import { interleaved, type Measured } from "./figures.ts";
import { type EngineChoice, labelOf } from "./our-engine.ts";

/** A program of ours and a script of the peer's that do the same work, and what both are told of it. */
export interface Duel {
  readonly ours: URL;
  readonly peer: URL;
  readonly work: object;
}

/** What was measured of each engine and of the peer; a string where it can't be had here. */
export interface Outcome {
  readonly engines: ReadonlyMap<string, Side>;
  readonly peer: Side;
}

interface Side {
  readonly measured: readonly Measured[];
  readonly missing: readonly string[];
}

/** Two cores are what the figures are stated for. The peer may use one thread or two, whichever is faster. */
const peerThreads = [1, 2];

/**
 * Opens everything that is to be compared, each in a process of its own, and measures by turns.
 *
 * @param choices engines, each with the numbers of workers that are tried
 */
export async function duel(
  { ours, peer, work }: Duel,
  choices: readonly EngineChoice[],
  { rounds, seconds }: Effort,
  say: (line: string) => void,
): Promise<Outcome> {
  const open = new Map<string, Contender | string>();
  try {
    // One after the other: a warm-up beside another would be a cold one.
    for (const choice of choices) open.set(labelOf(choice), await openOurs(ours, { choice, ...work }));
    for (const threads of peerThreads) open.set(`peer ${threads}`, await openPeer(peer, { threads, ...work }));
    const contenders = [...open.values()].filter((one) => typeof one !== "string");
    const values = await interleaved(contenders, rounds, async (contender, round) => {
      const { value } = await contender.round(seconds);
      say(`round ${round + 1} of ${rounds}: ${Math.round(value).toLocaleString("en")} tokens/s, ${contender.label}`);
      return value;
    });
    const sideOf = (keys: readonly string[]): Side => {
      const found = keys.map((key) => open.get(key));
      const measured = found.flatMap((one) => {
        if (one === undefined || typeof one === "string") return [];
        const { label, memoryMb } = one;
        return [{ label, memoryMb, rounds: values[contenders.indexOf(one)] ?? [] }];
      });
      return { measured, missing: [...new Set(found.filter((one) => typeof one === "string"))] };
    };
    const engines = new Map<string, Side>();
    for (const { engine } of choices) {
      engines.set(engine, sideOf(choices.filter((choice) => choice.engine === engine).map(labelOf)));
    }
    return { engines, peer: sideOf(peerThreads.map((threads) => `peer ${threads}`)) };
  } finally {
    for (const contender of open.values()) if (typeof contender !== "string") await contender.close();
  }
}
