import type { LabelSetDetails } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { useFormats } from "../../components/use-formats.ts";
import { filterOf, itemsHref } from "../browse/item-filter.ts";
import { nameOfEvaluation } from "../evaluations/evaluation-name.ts";
import { useModelName } from "../models/use-model-name.ts";
import { nameOfRun } from "../runs/run-state.ts";

type FactId =
  | ("judgements" | "labelled" | "kinds" | "items" | "splits" | "guidelines" | "agreement" | "judged" | "frozen")
  | ("chosen" | "includes" | "runs" | "models" | "evaluations" | "exports" | "sha256");

interface SetFact {
  readonly id: FactId;
  /** In the reader's words; empty where there are links alone. */
  readonly said: string;
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

/** What a set's page tells of it, in order; what there is none of is not told. */
export function useSetFacts(set: LabelSetDetails): readonly SetFact[] {
  const t = useTranslations("labelSets");
  const kinds = useTranslations("projects.asks");
  const splits = useTranslations("browse.splits");
  const runKinds = useTranslations("runs.kinds");
  const evaluations = useTranslations("evaluations");
  const nameOf = useModelName();
  const formats = useFormats();
  const counted = (of: string, count: number): string => t("counted", { of, count });
  const say = (id: FactId, ...said: readonly string[]): SetFact => ({ id, said: said.join(t("between")), links: [] });
  const { usedBy, exports, from, to } = set;
  const facts: SetFact[] = [
    say("judgements", t("judgements", { count: set.judgements - set.deleted }), ...gone()),
    say(
      "labelled",
      ...set.labelled.map(({ source, annotators, judgements }) => t("labelled", { source, annotators, judgements })),
    ),
    say("kinds", ...set.kinds.map(({ kind, answers }) => counted(kinds(kind), answers))),
    say("items", t("items", { count: set.items }), t("prompts", { count: set.prompts })),
    say("splits", ...set.splits.map(({ split, judgements }) => counted(splits(split), judgements))),
    say(
      "guidelines",
      ...set.guidelines.map(({ version, judgements }) => counted(t("version", { version }), judgements)),
    ),
    say("agreement", ...agreements()),
    ...(from && to ? [say("judged", t("span", { from: formats.dateTime(from), to: formats.dateTime(to) }))] : []),
    say("frozen", formats.dateTime(set.createdAt), set.madeBy ?? t("byItself")),
    ...chosen(),
    say("includes", t(set.includesSimulated ? "withSimulated" : "withoutSimulated")),
    {
      id: "runs",
      said: "",
      links: usedBy.runs.map((run) => ({
        href: `/runs/${run.id}`,
        label: `#${run.number} ${nameOfRun(run, runKinds)}`,
      })),
    },
    {
      id: "models",
      said: "",
      links: usedBy.models.map((model) => ({ href: `/models/${model.id}`, label: nameOf(model) })),
    },
    {
      id: "evaluations",
      said: "",
      links: usedBy.evaluations.map((one) => ({
        href: `/evaluations/${one.id}`,
        label: nameOfEvaluation(one, evaluations),
      })),
    },
    ...(exports.last === null
      ? []
      : [say("exports", t("exports", { count: exports.count, last: formats.dateTime(exports.last) }))]),
    say("sha256", set.sha256),
  ];
  return facts.filter(({ said, links }) => said !== "" || links.length > 0);

  function agreements(): string[] {
    return set.agreement.map(({ title, kind, alpha }) => {
      const question = title === "" ? kinds(kind) : title;
      if (alpha === null) return t("agreementNone", { question });
      const figure = (of: "value" | "low" | "high"): string => formats.number(alpha[of], 2);
      return t("agreement", { question, value: figure("value"), low: figure("low"), high: figure("high") });
    });
  }

  function gone(): string[] {
    return [
      ...(set.deleted > 0 ? [t("deleted", { count: set.deleted })] : []),
      ...(set.leftOutSince > 0 ? [t("leftOut", { count: set.leftOutSince })] : []),
    ];
  }

  function chosen(): SetFact[] {
    const { selection, project } = set;
    if (selection === null) return [];
    if (selection.kind === "ids") return [say("chosen", t("chosenOneByOne", { count: selection.items }))];
    const filter = filterOf(selection.filter);
    if (Object.keys(filter).length === 0) return [say("chosen", t("chosenAll"))];
    return [
      { id: "chosen", said: t("chosenBy"), links: [{ href: itemsHref(project.id, filter), label: t("seeItems") }] },
    ];
  }
}
