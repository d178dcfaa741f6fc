import { ApiError, ConnectionError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import { type IssueMessages, placedIssueText } from "./issue-text.ts";
import { useIssueMessages } from "./use-issue-messages.ts";

/** An error in the reader's words. The API's own detail is kept for codes where it names what is at fault. */
export function useProblemText(error: unknown): { readonly text: string; readonly requestId?: string } {
  const t = useTranslations("problems");
  const say = useIssueMessages();
  if (error instanceof ApiError) {
    const text = t(error.code);
    // For these codes the sentence alone does not say which row, field or setting is meant.
    const specific = [
      "invalid_line",
      "invalid_mapping",
      "invalid_spec",
      "invalid_value",
      "conflict",
      "too_few_labels",
      "body_too_large",
    ];
    if (!specific.includes(error.code)) return { text, requestId: error.requestId };
    return { text: t("detailed", { text, detail: detailOf(error, say) }), requestId: error.requestId };
  }
  return { text: error instanceof ConnectionError ? t("connection") : t("unexpected") };
}

/** What was found first, in the page's language where the API gave its reason. */
function detailOf(error: ApiError, say: IssueMessages): string {
  const [first] = error.issues;
  return first?.reason === undefined ? error.message : placedIssueText(first, say);
}
