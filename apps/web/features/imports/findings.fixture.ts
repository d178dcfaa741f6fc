import type { ReceiptFindings } from "@touchstone/contracts";

const none = { count: 0, lines: [] };

/** What a receipt finds in no rows. */
export const noFindings: ReceiptFindings = {
  repeated: { rows: none, prompts: none, answers: none },
  identicalPairs: none,
  near: { threshold: 0.8, compared: 0, of: 0, prompts: 0, examples: [], answers: none },
  emptyAnswers: none,
  votes: { contradicting: none, judgedBySeveral: 0, disagreeing: none },
  named: { answers: none, names: [] },
  personal: { rows: none, kinds: [] },
  lengths: { prompts: null, answers: null, preferred: { longer: 0, shorter: 0, equal: 0 } },
  languages: { en: 0, zh: 0, other: 0, unknown: 0 },
  leftOut: [],
};
