import type { QuestionKind } from "@touchstone/contracts";
import { useMessages, useTranslations } from "next-intl";

type LabelKey = Parameters<ReturnType<typeof useTranslations<"questionnaires.settings">>>[0];
type HintKey = Parameters<ReturnType<typeof useTranslations<"questionnaires.hints">>>[0];
type ValueKey = Parameters<ReturnType<typeof useTranslations<"questionnaires.values">>>[0];

interface SettingWords {
  /** A test knows that every setting has one; the setting's own name stands in for one of a newer kind. */
  readonly label: (field: string) => string;
  readonly hint: (field: string) => string | undefined;
  /** A value that is chosen, in the reader's language where it is a word. */
  readonly value: (value: string | number) => string;
}

/** What the settings of a kind are called, by the names that its contract gives them. */
export function useSettingWords(kind: QuestionKind): SettingWords {
  const labels = useTranslations("questionnaires.settings");
  const hints = useTranslations("questionnaires.hints");
  const values = useTranslations("questionnaires.values");
  const { questionnaires } = useMessages();
  const texts: Readonly<Record<QuestionKind, object>> = questionnaires.settings;
  const hintTexts: Partial<Record<QuestionKind, object>> = questionnaires.hints;
  const isLabel = (key: string): key is LabelKey => Object.hasOwn(texts[kind], key.slice(kind.length + 1));
  const isHint = (key: string): key is HintKey => Object.hasOwn(hintTexts[kind] ?? {}, key.slice(kind.length + 1));
  const isValue = (key: string): key is ValueKey => Object.hasOwn(questionnaires.values, key);
  return {
    label(field) {
      const key = `${kind}.${field}`;
      return isLabel(key) ? labels(key) : field;
    },
    hint(field) {
      const key = `${kind}.${field}`;
      return isHint(key) ? hints(key) : undefined;
    },
    value(value) {
      const key = String(value);
      return isValue(key) ? values(key) : key;
    },
  };
}
