import type { ModelName } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { codeOfModel } from "../models/model-name.ts";
import type { Trait } from "./differences.ts";
import type { Subject } from "./subject.ts";

interface TraitValueProps {
  readonly subject: Subject;
  readonly trait: Trait;
}

/** What one of those compared is, in the reader's words; what isn't known says so. */
export function TraitValue({ subject, trait }: TraitValueProps): ReactNode {
  const t = useTranslations("compare.differences");
  const runs = useTranslations("runs");
  const models = useTranslations("models");
  const formats = useFormats();
  const { model, run, labels, base, reward, context } = subject;
  const unknown = <span className="text-ink-3">{t("unknown")}</span>;
  switch (trait) {
    case "kind":
      return model ? models(`kinds.${model.kind}`) : <span className="text-ink-3">{t("noModel")}</span>;
    case "recipe": {
      const kind = run?.kind ?? model?.trainer;
      return kind ? runs(`kinds.${kind}`) : <span className="text-ink-3">{t("brought")}</span>;
    }
    case "labels":
      if (labels === null) return <span className="text-ink-3">{t("noLabels")}</span>;
      return (
        <TextLink href={`/label-sets/${labels.id}`} className="whitespace-nowrap">
          {runs("judgements", { count: labels.judgements })} ·{" "}
          <span className="font-mono">{labels.sha256.slice(0, 12)}</span>
        </TextLink>
      );
    case "base":
      return base ? <Linked model={base} /> : <span className="text-ink-3">{t("nothing")}</span>;
    case "reward":
      return reward ? <Linked model={reward} /> : <span className="text-ink-3">{t("nothing")}</span>;
    case "seed":
      return run ? String(run.seed) : unknown;
    case "size":
      return model ? models("parameters", { count: formats.number(model.parameters) }) : unknown;
    default:
      return context === null ? unknown : t("tokens", { count: context });
  }
}

const Linked = ({ model }: { readonly model: ModelName }): ReactNode => (
  <TextLink href={`/models/${model.id}`}>{codeOfModel(model)}</TextLink>
);

/** A setting as its trainer's file has it. */
export function SettingValue({ value }: { readonly value: unknown }): ReactNode {
  if (value === null || value === undefined) return <span className="text-ink-3">–</span>;
  return (
    <span lang="en" className="font-mono text-xs [overflow-wrap:anywhere]">
      {typeof value === "string" ? value : JSON.stringify(value)}
    </span>
  );
}
