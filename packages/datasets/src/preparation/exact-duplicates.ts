import { createHash } from "node:crypto";
import type { Step } from "./item.ts";
import { answersInOrder, judgementOf } from "./judgement-of.ts";
import { answersOfRow, promptOfRow } from "./row-texts.ts";

/** Drops rows that say what an earlier row said, character for character. 96 bits of hash a row are kept, not its texts. */
export function exactDuplicates(): Step {
  const first = new Map<string, string>();
  return (item, tell) => {
    const { row } = item;
    const content = JSON.stringify([judgementOf(row), promptOfRow(row), answersInOrder(row, answersOfRow(row))]);
    const hash = createHash("sha256").update(content).digest("base64url").slice(0, 16);
    const earlier = first.get(hash);
    if (earlier === undefined) {
      first.set(hash, item.id);
      return item;
    }
    tell("repeats an earlier row exactly", `like ${earlier}`);
    return null;
  };
}
