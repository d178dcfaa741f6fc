import type { Blur, ImportReceipt, LeasedTask } from "@touchstone/contracts";

interface Previewed extends Pick<ImportReceipt, "tasks" | "questionnaires"> {
  readonly projectId: string;
  readonly guidelineVersion: number;
  /** What the project has blurred. */
  readonly blur: Blur;
}

/** The tasks of a receipt in the form in which the API hands tasks out. */
export function leasedPreview({ projectId, guidelineVersion, blur, tasks, questionnaires }: Previewed): LeasedTask[] {
  return tasks.map((task, place) => ({
    lease: { id: id(1, place), token: "preview", expiresAt: "9999-01-01T00:00:00Z", leaseSeconds: 86_400 },
    taskId: id(2, place),
    projectId,
    questionnaireId: id(3, 0),
    questions: questionnaires[task.questionnaire] ?? [],
    prompt: { id: id(4, place), messages: task.prompt, language: task.language, sourceText: task.sourceText },
    completions: task.completions.map((completion, index) => ({ id: id(5 + index, place), ...completion })),
    blurred: blur === "everything" || (blur === "marked" && task.sensitive),
    guidelineVersion,
    previousAnswers: null,
    note: null,
  }));
}

/** Which of the tasks this is: each comes again under a lease of its own. */
export function placeOf({ taskId }: Pick<LeasedTask, "taskId">, count: number): number {
  return Number(taskId.slice(-8)) % count;
}

/** The nth task that is handed out: the same ones again after the last, each time as another lease. */
export function nthLease(tasks: readonly LeasedTask[], nth: number): LeasedTask | undefined {
  const task = tasks[nth % tasks.length];
  return task && { ...task, lease: { ...task.lease, id: id(1, nth) }, taskId: id(2, nth) };
}

/** Ids that no database gives, and of which no two things have the same. */
const id = (group: number, nth: number): string =>
  `00000000-0000-4000-8000-${String(group).padStart(4, "0")}${String(nth).padStart(8, "0")}`;
