import { ApiError, ConnectionError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";

/** An error in the reader's words. The API's own detail is kept for codes where it names what is at fault. */
export function useProblemText(error: unknown): { readonly text: string; readonly requestId?: string } {
  const t = useTranslations("problems");
  if (error instanceof ApiError) {
    const text = t(error.code);
    // For these codes the sentence alone does not say which row, field or setting is meant.
    const specific = ["invalid_line", "invalid_mapping", "invalid_spec", "invalid_value", "conflict", "too_few_labels"];
    return { text: specific.includes(error.code) ? `${text} ${error.message}` : text, requestId: error.requestId };
  }
  return { text: error instanceof ConnectionError ? t("connection") : t("unexpected") };
}
