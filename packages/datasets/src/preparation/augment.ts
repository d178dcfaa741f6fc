import { createHash } from "node:crypto";
import type { PreparationSpec } from "@touchstone/contracts";
import type { TrainingRow } from "../training/training-row.ts";
import { withPrompt } from "./row-texts.ts";

type Augmentation = PreparationSpec["augment"];

const placeholder = /\{(\w+)\}/gu;

/** What is wrong with templates, in words for those who wrote them; nothing if they can be used. */
export function templateProblems({ templates, values }: Augmentation): string[] {
  return templates.flatMap((template) => {
    const names = [...template.matchAll(placeholder)].map(([, name = ""]) => name);
    const unknown = names.filter((name) => name !== "prompt" && !Object.hasOwn(values, name));
    const lacks = names.includes("prompt") ? [] : [`“${template}” must hold {prompt}, where the question goes.`];
    return [
      ...lacks,
      ...unknown.map((name) => `“${template}” asks for {${name}}, and values has no list of that name.`),
    ];
  });
}

/**
 * Rewordings of a row: its last question in the words of a template, the answers untouched. Which templates and values a row gets
 * depends on the seed and its prompt alone, so that all judgements of a prompt are reworded alike, in any order of rows. It is for
 * the training split only, after splitting: rewordings belong to their row's cluster. Texts without a prompt have none.
 *
 * @throws RangeError for templates with `templateProblems`
 */
export function augmenting(settings: Augmentation, seed: number): (row: TrainingRow) => TrainingRow[] {
  const { templates, values, copies } = settings;
  const problems = templateProblems(settings);
  if (problems.length > 0) throw new RangeError(problems.join("\n"));
  if (templates.length === 0) return () => [];
  return (row) => {
    if (row.kind === "text") return [];
    const last = row.prompt.findLastIndex(({ role }) => role === "user");
    const question = row.prompt[last];
    if (!question) return [];
    const seen = new Set([question.content]);
    return Array.from({ length: copies }, (_, copy) => copy).flatMap((copy): TrainingRow[] => {
      const draw = (what: string, count: number) => drawn([seed, row.promptId, what], count);
      // One template after the other from where the draw fell: the copies of a row differ while there are templates left.
      const template = templates[(draw("template", templates.length) + copy) % templates.length] ?? "";
      const content = template.replace(placeholder, (whole: string, name: string) => {
        if (name === "prompt") return question.content;
        const list = values[name] ?? [];
        return list[draw(`${copy} ${name}`, list.length)] ?? whole;
      });
      if (seen.has(content)) return [];
      seen.add(content);
      const prompt = row.prompt.map((message, index) => (index === last ? { ...message, content } : message));
      const reworded = withPrompt(row, prompt);
      // A name that was given is the old prompt's: trainers take rows of one name for one prompt.
      const promptId = reworded.promptId === row.promptId ? `${row.promptId}/${copy + 1}` : reworded.promptId;
      return [{ ...reworded, promptId }];
    });
  };
}

function drawn(what: readonly unknown[], count: number): number {
  const hash = createHash("sha256").update(JSON.stringify(what)).digest().readUInt32BE(0);
  return Math.floor((hash / 2 ** 32) * count);
}
