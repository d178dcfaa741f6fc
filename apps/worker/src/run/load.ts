import type { Comparison, Demonstration, NormalForm, Ranking, Rating, TrainingSpec } from "@touchstone/contracts";
import {
  bindLabelSet,
  findModel,
  freezeLabelSet,
  modelFiles,
  promptsForTraining,
  streamLabelSet,
} from "@touchstone/persistence";
import type { AnsweredPrompt, TrainingData } from "@touchstone/rlhf";
import type { HeldRun } from "./context.ts";
import type { Files } from "./files.ts";

export async function loadModel(held: HeldRun, id: string | null): Promise<Files | undefined> {
  if (id === null) return undefined;
  const model = await findModel(held.db, held.run.workspaceId, id);
  return held.files.readAll(modelFiles(model));
}

/** Frozen once: a resumed run reads the very labels it started with, whatever was judged since. */
async function labels(held: HeldRun): Promise<NormalForm[]> {
  const { run, db, fence } = held;
  let labelSetId = run.labelSetId;
  if (labelSetId === null) {
    const frozen = await freezeLabelSet(db, {
      workspaceId: run.workspaceId,
      projectId: run.projectId,
      includeSimulated: run.includesSimulated,
    });
    labelSetId = await bindLabelSet(db, fence, frozen.id);
    run.labelSetId = labelSetId;
  }
  const forms: NormalForm[] = [];
  for await (const form of streamLabelSet(db, labelSetId)) forms.push(form);
  return forms;
}

const isComparison = (form: NormalForm): form is Comparison => form.kind === "comparison";
const isRating = (form: NormalForm): form is Rating => form.kind === "rating";

function answersOf(form: Comparison | Rating | Ranking) {
  if (form.kind === "comparison") return [form.a, form.b];
  return form.kind === "rating" ? [form.completion] : form.groups.flat();
}

/** Every judged answer once, in the order of first judgement. */
function judgedAnswers(forms: NormalForm[]): AnsweredPrompt[] {
  const answers = new Map<string, AnsweredPrompt>();
  for (const form of forms) {
    if (form.kind === "demonstration") continue;
    const sides = answersOf(form);
    for (const { completionId, text } of sides) {
      const { promptId, prompt, split } = form;
      if (!answers.has(completionId)) answers.set(completionId, { promptId, prompt, split, text });
    }
  }
  return [...answers.values()];
}

/** Raw texts name no split, so it is here that those of held-out prompts stay out of the model and its tokenizer. */
function trainingTexts(forms: NormalForm[]): string[] {
  return judgedAnswers(forms).flatMap(({ split, text }) => (split === "train" ? [text] : []));
}

/** What people preferred or rated 4 and 5, as texts to imitate. */
function preferredAnswers(forms: NormalForm[]): Demonstration[] {
  return forms.flatMap((form): Demonstration[] => {
    if (form.kind === "demonstration") return [form];
    const { promptId, prompt, split } = form;
    const good = (text: string): Demonstration[] => [{ kind: "demonstration", promptId, prompt, split, text }];
    if (form.kind === "rating") return form.score >= 4 ? good(form.completion.text) : [];
    if (form.kind === "ranking")
      return form.groups
        .slice(0, -1)
        .slice(0, 1)
        .flat()
        .flatMap(({ text }) => good(text));
    return form.outcome === 0 || form.bothBad ? [] : good(form.outcome > 0 ? form.a.text : form.b.text);
  });
}

/** Each trainer's own part of the project's data, in an order that is the same at every resume. */
export async function loadData(held: HeldRun, spec: TrainingSpec): Promise<TrainingData> {
  switch (spec.trainer) {
    case "reward": {
      const forms = await labels(held);
      return { comparisons: forms.filter(isComparison), ratings: forms.filter(isRating) };
    }
    case "dpo":
      return { comparisons: (await labels(held)).filter(isComparison) };
    case "ilql":
      return { answers: judgedAnswers(await labels(held)) };
    case "sft":
      return { demonstrations: preferredAnswers(await labels(held)) };
    case "pretrain":
      return { texts: trainingTexts(await labels(held)) };
    case "rloo":
    case "grpo":
    case "ppo":
      return { prompts: await promptsForTraining(held.db, held.run.workspaceId, held.run.projectId) };
  }
}
