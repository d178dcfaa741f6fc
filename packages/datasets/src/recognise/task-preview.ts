import type { TaskPreview } from "@touchstone/contracts";
import type { ImportRow } from "../import-row.ts";
import { type AskedOfRows, plannedTasks } from "../task-plan.ts";
import { hashOf } from "./occurrences.ts";

const mostTasks = 10;
/** UTF-16 units of all texts together, so that an answer of the API stays one that a page shows at once. */
const mostText = 500_000;

/** The first tasks that an import of the rows would make, each with as many judgements as it brings. */
export class FirstTasks {
  readonly tasks: TaskPreview[] = [];
  readonly #asked: AskedOfRows;
  readonly #known = new Map<number, TaskPreview>();
  #text = 0;
  #full = false;

  constructor(asked: AskedOfRows) {
    this.#asked = asked;
  }

  add(row: ImportRow): void {
    if (this.#full) return;
    for (const { questionnaire, sides, judgements } of plannedTasks(row, this.#asked)) {
      const keys = sides.map((side) => row.completions[side]?.key ?? "").sort();
      const key = hashOf(JSON.stringify([questionnaire, row.itemId, row.prompt, keys]));
      const known = this.#known.get(key);
      if (known) known.judgements += judgements;
      else this.#put(key, taskOf(row, questionnaire, sides, judgements));
      if (this.#full) return;
    }
  }

  #put(key: number, task: TaskPreview): void {
    const length = [...task.prompt.map(({ content }) => content), ...task.completions.map(({ text }) => text ?? "")]
      .map((text) => text.length)
      .reduce((sum, one) => sum + one, task.sourceText?.length ?? 0);
    this.#full = this.tasks.length === mostTasks || (this.tasks.length > 0 && this.#text + length > mostText);
    if (this.#full) return;
    this.#text += length;
    this.#known.set(key, task);
    this.tasks.push(task);
  }
}

function taskOf(row: ImportRow, questionnaire: string, sides: readonly number[], judgements: number): TaskPreview {
  return {
    line: row.line,
    questionnaire,
    prompt: row.prompt.map((message) => ({ ...message })),
    language: row.language,
    sourceText: row.sourceText,
    sensitive: row.sensitive ?? false,
    completions: sides.map((side) => {
      const { text = null, media } = row.completions[side] ?? {};
      return { text, ...(media ? { media: [...media] } : {}) };
    }),
    judgements,
  };
}
