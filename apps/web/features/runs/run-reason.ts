import type { AskingReason, RunError, SentenceValues, TrainingReason } from "@touchstone/contracts";

/** Why a run was refused, or why an endpoint gave it no answer. */
export type RunReason = TrainingReason | AskingReason | "endpointBudget" | "endpointKeyUnreadable";

/** The messages by which a page says why a run was refused. */
export interface RunReasonMessages {
  readonly isEnglish: boolean;
  readonly isReason: (code: string) => code is RunReason;
  /** The names of what the sentence of a reason is made with. */
  readonly needs: (reason: RunReason) => readonly string[];
  readonly reason: (reason: RunReason, values: SentenceValues) => string;
}

/** Why a run ended. The detail names the file, the model or the setting, where the code alone can't. */
export interface RunErrorText {
  readonly text: string;
  readonly detail: ReasonText | undefined;
}

interface ReasonText {
  readonly text: string;
  /** A run of before reasons were kept, or of a newer version, has but its stored English sentence. */
  readonly isTranslated: boolean;
}

/** Codes that stand for several things: their stored sentence says more than any translation of the code can. */
const telling = new Set(["wrong_settings", "wrong_model", "bad_model_files", "bad_checkpoint"]);

/** @param ofCode the sentence of the error's code, or what it is given where that can't be said whole */
export function runErrorText(
  error: RunError,
  ofCode: (stored: string) => string,
  say: RunReasonMessages,
): RunErrorText {
  const detail = reasonText(error, say);
  if (detail === undefined) return { text: ofCode(error.message), detail };
  const text = ofCode(detail.text);
  return { text, detail: text === detail.text ? undefined : detail };
}

function reasonText({ code, reason, message, values }: RunError, say: RunReasonMessages): ReasonText | undefined {
  if (reason === undefined && !telling.has(code)) return undefined;
  // The API's own sentences are the English ones.
  if (say.isEnglish) return { text: message, isTranslated: true };
  const isKnown = reason !== undefined && say.isReason(reason);
  if (!isKnown || !say.needs(reason).every((name) => name in values)) return { text: message, isTranslated: false };
  return { text: say.reason(reason, values), isTranslated: true };
}
