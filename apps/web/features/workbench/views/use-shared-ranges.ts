import type { LeasedTask } from "@touchstone/contracts";
import { useEffect, useMemo, useState } from "react";
import type { Range } from "../text/cut-by.ts";
import type { sharedRanges } from "../text/differences.ts";

interface SharedRanges {
  /** What each of the two answers shares with the other; undefined where that is not shown. */
  readonly ranges: readonly [readonly Range[], readonly Range[]] | undefined;
  /** Why it is wanted and not shown; null while it is on its way. */
  readonly why: "incomparable" | "notLoaded" | null;
}

/** What compares two texts, once it is here: most tasks are judged without, so that it is fetched when first wanted. */
let compare: typeof sharedRanges | undefined;

/** Pictures and sounds have no words that could be compared. */
export const hasTwoTexts = ({ completions }: LeasedTask): boolean =>
  completions.length === 2 && completions.every(({ text }) => Boolean(text));

/** What two answers share. One that did not come is fetched again when it is next asked for. */
export function useSharedRanges(task: LeasedTask, isWanted: boolean): SharedRanges {
  const { completions, prompt } = task;
  const [failed, setFailed] = useState(false);
  const [isHere, setHere] = useState(compare !== undefined);
  const [left, right] = completions.map(({ text }) => text);
  const isAsked = isWanted && hasTwoTexts(task);
  // External system: the network, from which it comes.
  useEffect(() => {
    if (!isAsked || compare) return;
    setFailed(false);
    import("../text/differences.ts").then(
      (file) => {
        compare = file.sharedRanges;
        setHere(true);
      },
      () => setFailed(true),
    );
  }, [isAsked]);
  const ranges = useMemo(
    () => (isAsked && isHere && left && right ? compare?.(left, right, prompt.language ?? undefined) : undefined),
    [isAsked, isHere, left, right, prompt.language],
  );
  if (!isAsked || ranges) return { ranges, why: null };
  if (isHere) return { ranges, why: "incomparable" };
  return { ranges, why: failed ? "notLoaded" : null };
}
