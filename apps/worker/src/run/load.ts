import type { NormalForm, TrainingSpec } from "@touchstone/contracts";
import {
  addAlert,
  findModel,
  freezeLabelsOfRun,
  modelFiles,
  promptsForTraining,
  streamLabelSet,
  sumOfLeftOut,
} from "@touchstone/persistence";
import type { TrainingData } from "@touchstone/rlhf";
import type { HeldRun } from "./context.ts";
import type { Files } from "./files.ts";
import { isComparison, isRanking, isRating, judgedAnswers, preferredAnswers, trainingTexts } from "./labels-of.ts";
import { SelfNamedLabels } from "./self-named.ts";
import { withWhatItRestsOn } from "./with-rested-on.ts";

export async function loadModel(held: HeldRun, id: string | null): Promise<Files | undefined> {
  if (id === null) return undefined;
  const model = await findModel(held.db, held.run.workspaceId, id);
  return held.files.readAll(modelFiles(model));
}

/** The model that scores a run's answers, with what it rests on. */
export async function loadReward(held: HeldRun, id: string | null): Promise<Files | undefined> {
  const files = await loadModel(held, id);
  return files && withWhatItRestsOn(held, held.run.workspaceId, files);
}

/** Frozen once: a resumed run reads the very labels it started with, whatever was judged since. */
async function labels(held: HeldRun): Promise<NormalForm[]> {
  const { run, db, fence } = held;
  let labelSetId = run.labelSetId;
  if (labelSetId === null) {
    const frozen = await freezeLabelsOfRun(db, fence, {
      workspaceId: run.workspaceId,
      projectId: run.projectId,
      includeSimulated: run.includesSimulated,
    });
    labelSetId = frozen.id;
    const leftOut = sumOfLeftOut(frozen.leftOut);
    if (leftOut > 0) await addAlert(db, fence, judgementsLeftOut(leftOut));
    run.labelSetId = labelSetId;
  }
  const forms: NormalForm[] = [];
  const selfNamed = new SelfNamedLabels();
  const unread = { media: 0, tools: 0 };
  const tell = (why: keyof typeof unread) => {
    unread[why] += 1;
  };
  for await (const form of streamLabelSet(db, labelSetId, tell)) {
    forms.push(form);
    selfNamed.add(form);
  }
  await selfNamed.tell(held);
  if (unread.media > 0) await addAlert(db, fence, mediaLeftOut(unread.media));
  if (unread.tools > 0) await addAlert(db, fence, toolsLeftOut(unread.tools));
  return forms;
}

/** What somebody has left out of training: it is no fault, so a note. */
function judgementsLeftOut(count: number) {
  const message = `Judgements that are left out of this project were not read: ${count}.`;
  return { step: 0, level: "note" as const, code: "judgements_left_out", values: { count }, message };
}

/** Trainers read texts: what was judged by eye or by ear is not learned from, and the run says so. */
function mediaLeftOut(count: number) {
  const message = `Judgements of pictures or sounds were left out, as this trainer reads texts alone: ${count}.`;
  return { step: 0, level: "warning" as const, code: "media_left_out", values: { count }, message };
}

/** How a trainer would write a call or its result is not defined, so it learns from neither, and the run says so. */
function toolsLeftOut(count: number) {
  const message = `Judgements with calls of tools were left out, as no template here writes them: ${count}.`;
  return { step: 0, level: "warning" as const, code: "tools_left_out", values: { count }, message };
}

/** Rankings are left out where there are none: a run that goes on must read what it began with. */
function preferencesOf(forms: readonly NormalForm[]): Pick<TrainingData, "comparisons" | "rankings"> {
  const rankings = forms.filter(isRanking);
  return { comparisons: forms.filter(isComparison), ...(rankings.length > 0 ? { rankings } : {}) };
}

/** Each trainer's own part of the project's data, in an order that is the same at every resume. */
export async function loadData(held: HeldRun, spec: TrainingSpec): Promise<TrainingData> {
  switch (spec.trainer) {
    case "reward": {
      const forms = await labels(held);
      return { ...preferencesOf(forms), ratings: forms.filter(isRating) };
    }
    case "dpo":
      return preferencesOf(await labels(held));
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
