import { Question } from "@touchstone/contracts";
import { z } from "zod";
import type { FormStart } from "../start-of.ts";

/** A form as it was left; what does not fit any more, as from another version of this page, is let go. */
const Kept = z.object({
  written: z.object({ name: z.string(), entries: z.array(Question.extend({ key: z.string(), name: z.string() })) }),
  /** The version that its writer had read then. */
  basedOn: z.number(),
});

const keyOf = (place: string): string => `touchstone-questionnaire ${place}`;

/** Keeps what is written in this tab, for whoever leaves the page by a way that no question can be put to. */
export function keepForm({ place, ...form }: FormStart): void {
  try {
    sessionStorage.setItem(keyOf(place), JSON.stringify(form));
  } catch {
    // A browser that keeps nothing, or no more: the form goes on without.
  }
}

export function readKeptForm(place: string): FormStart | null {
  try {
    const kept = Kept.safeParse(JSON.parse(sessionStorage.getItem(keyOf(place)) ?? "null"));
    return kept.success ? { place, ...kept.data } : null;
  } catch {
    return null;
  }
}

export function forgetForm(place: string): void {
  try {
    sessionStorage.removeItem(keyOf(place));
  } catch {
    // Nothing was kept.
  }
}
