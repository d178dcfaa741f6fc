import type { LineageView, ModelName, ModelVersionView, RunView } from "@touchstone/contracts";

/** One of those that are compared: a model with the run that made it, or a run with the model that it published. */
export interface Subject {
  /** Of the model or the run that was chosen; unique among those compared. */
  readonly id: string;
  /** From 1, in the order in which they were chosen; it stands at its line. */
  readonly number: number;
  readonly chosenAs: "model" | "run";
  readonly model: ModelVersionView | null;
  readonly run: RunView | null;
  readonly labels: { readonly id: string; readonly sha256: string; readonly judgements: number } | null;
  /** What it was trained from. */
  readonly base: ModelName | null;
  /** Which reward model it was trained against. */
  readonly reward: ModelName | null;
  /** Tokens that it reads at most; null where no run says so. */
  readonly context: number | null;
  /** The projects that it belongs to, or is used in. */
  readonly projectIds: readonly string[];
}

export function subjectOfModel(
  { model, steps }: LineageView,
  { number, chosenAs, id }: Pick<Subject, "number" | "chosenAs" | "id">,
): Subject {
  const self = steps.find(({ relation }) => relation === "self");
  const named = (wanted: string | null): ModelName | null =>
    steps.find((step) => step.model.id === wanted)?.model ?? null;
  const { labelSet = null, run = null } = self ?? {};
  const projects = [model.projectId ?? [], run?.projectId ?? [], model.usedIn.map((project) => project.id)].flat();
  return {
    ...{ id, number, chosenAs, model, run },
    labels: labelSet ?? model.deletedOrigin?.labelSet ?? null,
    base: named(model.parentId),
    reward: named(model.rewardId),
    context: contextOf(steps),
    projectIds: [...new Set(projects)],
  };
}

/** A run that published nothing, or nothing yet. */
export function subjectOfRun(run: RunView, number: number, models: readonly ModelName[]): Subject {
  const named = (wanted: string | null): ModelName | null => models.find(({ id }) => id === wanted) ?? null;
  return {
    ...{ id: run.id, number, chosenAs: "run", model: null, run, labels: run.labelSet },
    ...{ base: named(run.policyId), reward: named(run.rewardId), context: contextOfRun(run) },
    projectIds: [run.projectId],
  };
}

/** Its own, or that of whatever it was trained from: training leaves it as it is. */
function contextOf(steps: LineageView["steps"]): number | null {
  const line = steps.filter(({ relation }) => relation !== "reward");
  return line.map(({ run }) => run && contextOfRun(run)).find((context) => context !== null) ?? null;
}

const isCount = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value);

/** What a run says of the context: as it found it in the files, or as it was set. */
function contextOfRun({ kind, spec, alerts, policyId }: RunView): number | null {
  const read = alerts.find(({ code }) => code === "model_read")?.values?.context;
  if (isCount(read)) return read;
  // One that goes on from another model has that one's shape, whatever its settings say of a fresh one.
  const setting = kind === "pretrain" && policyId === null ? spec.model : spec.frozen;
  const set = typeof setting === "object" && setting !== null && "context" in setting ? setting.context : null;
  return isCount(set) ? set : null;
}
