/** One annotator's label of one task. */
export interface CrowdLabel {
  readonly task: string;
  readonly worker: string;
  readonly label: string;
}

/** The labels that lead a task: one, or several that tie. */
export type Majority = ReadonlyMap<string, readonly string[]>;

/** Majority vote. A tie is not broken: all leading labels are kept, in order of first appearance. */
export function majorityVote(labels: Iterable<CrowdLabel>): Majority {
  const counts = new Map<string, Map<string, number>>();
  for (const { task, label } of labels) {
    const ofTask = counts.get(task) ?? new Map<string, number>();
    ofTask.set(label, (ofTask.get(label) ?? 0) + 1);
    counts.set(task, ofTask);
  }
  const leading = (ofTask: Map<string, number>): string[] => {
    const most = Math.max(...ofTask.values());
    return [...ofTask].filter(([, count]) => count === most).map(([label]) => label);
  };
  return new Map([...counts].map(([task, ofTask]) => [task, leading(ofTask)]));
}

/**
 * Share of gold tasks that the majority gets right, over the gold tasks that have labels. A tie of k labels counts 1/k
 * where the gold label is among them: the expectation of breaking it by lot, without the luck.
 *
 * @throws RangeError when no gold task has a label.
 */
export function accuracyOf(majority: Majority, gold: ReadonlyMap<string, string>): { accuracy: number; tasks: number } {
  let right = 0;
  let tasks = 0;
  for (const [task, label] of gold) {
    const leading = majority.get(task);
    if (leading === undefined) continue;
    tasks += 1;
    if (leading.includes(label)) right += 1 / leading.length;
  }
  if (tasks === 0) throw new RangeError("no task has both a gold label and a vote");
  return { accuracy: right / tasks, tasks };
}
