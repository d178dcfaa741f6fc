import type { RunFact } from "@touchstone/contracts";

/** Says something of a run: a sentence for logs and command lines, and the fact it tells, for pages of any language. */
export type Note = (message: string, fact?: RunFact) => void;
