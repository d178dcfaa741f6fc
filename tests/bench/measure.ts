import type { Effort } from "./bench.ts";
import { type Contender, openOurs, type Round } from "./contender.ts";
import { interleaved, type Measured } from "./figures.ts";

/** Whoever is measured by turns with others. */
export interface Side {
  readonly label: string;
  round(seconds: number): Promise<Round>;
}

/** Has all of them work by turns. @returns what came of each one's rounds */
export async function measure(
  sides: readonly Side[],
  { rounds, seconds }: Effort,
  say: (line: string) => void,
): Promise<Map<Side, Round[]>> {
  const values = await interleaved(sides, rounds, async (side, round) => {
    const came = await side.round(seconds);
    const p99 = came.p99Ms === undefined ? "" : `, p99 ${came.p99Ms.toFixed(1)} ms`;
    say(`round ${round + 1} of ${rounds}: ${came.value.toFixed(1)}${p99}, ${side.label}`);
    return came;
  });
  return new Map(sides.map((side, index) => [side, values[index] ?? []]));
}

/** One figure of a side's rounds; nothing of a side that there is not. */
export function measuredOf(
  all: Map<Side, Round[]>,
  side: Side | undefined,
  figure: (round: Round) => number = ({ value }) => value,
): Measured[] {
  return side ? [{ label: side.label, rounds: (all.get(side) ?? []).map(figure) }] : [];
}

/**
 * A program of ours that can't be missing.
 *
 * @throws Error where it did not start: that is a fault, and nothing to leave out
 */
export async function mustOpen(file: URL, settings: object): Promise<Contender> {
  const contender = await openOurs(file, settings);
  if (typeof contender === "string") throw new Error(contender);
  return contender;
}
