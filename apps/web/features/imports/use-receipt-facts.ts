import type { Found, ReceiptFindings, TextLengths } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { issueText } from "../../components/forms/issue-text.ts";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import { useFormats } from "../../components/use-formats.ts";

/** One thing that was looked for, and what was found. */
export interface ReceiptFact {
  readonly label: string;
  readonly value: string;
  /** The first lines it is about, in words; empty where it is about none. */
  readonly where: string;
  /** Each of what was found, in a sentence. */
  readonly more: readonly string[];
}

export interface ReceiptFactGroup {
  readonly title: string;
  readonly facts: readonly ReceiptFact[];
}

/** Examples shown of what is kept. */
const mostShown = 5;

/** What a receipt has found, in the reader's words: for the page and for a file alike. */
export function useReceiptFacts(findings: ReceiptFindings): readonly ReceiptFactGroup[] {
  const t = useTranslations("receipts");
  const formats = useFormats();
  const say = useIssueMessages();
  const whereOf = (lines: readonly number[]) =>
    lines.length === 0 ? "" : t("lines", { lines: formats.list(lines.map((line) => formats.number(line))) });
  const counted = (label: string, { count, lines }: Found, value = t("count", { count }), more: string[] = []) => ({
    label,
    value: count === 0 ? t("none") : value,
    where: whereOf(lines),
    more,
  });
  const plain = (label: string, value: string) => ({ label, value, where: "", more: [] });
  const lengthOf = (lengths: TextLengths | null) => {
    if (lengths === null) return t("none");
    const [low, median, high] = lengths.words.quartiles;
    const { longest } = lengths.words;
    return t("lengths", {
      low,
      median,
      high,
      longest,
      characters: lengths.characters.longest,
      line: lengths.longestLine,
    });
  };
  const { repeated, near, votes, named, personal, lengths, languages, leftOut } = findings;
  const compared = t(near.compared < near.of ? "comparedSome" : "compared", {
    compared: near.compared,
    count: near.of,
    threshold: formats.share(near.threshold),
  });
  const nearExamples = near.examples
    .slice(0, mostShown)
    .map(({ line, like, similarity }) => t("like", { line, other: like, similarity: formats.share(similarity) }));
  const { longer, shorter, equal } = lengths.preferred;
  const told = longer + shorter;
  const facts = (name: "repeats" | "votes" | "texts" | "people" | "leftOut", all: readonly ReceiptFact[]) => ({
    title: t(`groups.${name}`),
    facts: all,
  });
  const languageNames = (["en", "zh", "other", "unknown"] as const)
    .filter((name) => languages[name] > 0)
    .map((name) => t(`languageNames.${name}`, { share: formats.share(languages[name] / near.compared) }));
  return [
    facts("repeats", [
      counted(t("facts.repeatedRows"), repeated.rows),
      counted(t("facts.repeatedPrompts"), repeated.prompts),
      counted(t("facts.repeatedAnswers"), repeated.answers),
      {
        label: t("facts.nearPrompts"),
        value: near.prompts === 0 ? t("none") : t("count", { count: near.prompts }),
        where: "",
        more: [compared, ...nearExamples],
      },
      counted(t("facts.identicalPairs"), findings.identicalPairs),
      counted(t("facts.nearAnswers"), near.answers),
      counted(t("facts.emptyAnswers"), findings.emptyAnswers),
    ]),
    facts("votes", [
      counted(t("facts.contradicting"), votes.contradicting),
      counted(
        t("facts.disagreeing"),
        votes.disagreeing,
        t("ofSeveral", { count: votes.disagreeing.count, of: votes.judgedBySeveral }),
      ),
      plain(
        t("facts.longer"),
        told === 0 ? t("noVotes") : t("share", { share: formats.share(longer / told), count: told, equal }),
      ),
    ]),
    facts("texts", [
      plain(t("facts.prompts"), lengthOf(lengths.prompts)),
      plain(t("facts.answers"), lengthOf(lengths.answers)),
      plain(
        t("facts.languages"),
        languageNames.length === 0
          ? t("none")
          : t("languagesOf", { languages: formats.list(languageNames), count: near.compared }),
      ),
    ]),
    facts("people", [
      counted(t("facts.named"), named.answers, undefined, [
        ...named.names.slice(0, mostShown).map(({ name, count, example }) => t("namedAs", { name, count, example })),
        ...(named.answers.count > 0 ? [t("namedCure")] : []),
      ]),
      counted(t("facts.personal"), personal.rows, undefined, [
        ...personal.kinds.map(({ kind, found, count, examples }) =>
          t("personalOf", { kind: t(`kinds.${kind}`), found, count, examples: formats.list(examples) }),
        ),
        t("personalCure"),
      ]),
    ]),
    ...(leftOut.length === 0
      ? []
      : [
          facts(
            "leftOut",
            leftOut.map(({ field, count, lines, ...issue }) => {
              const why = issueText(issue, say);
              return counted(field === null ? why : t("why", { field, why }), { count, lines });
            }),
          ),
        ]),
  ];
}
