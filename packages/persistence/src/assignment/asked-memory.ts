import type { Database } from "../client.ts";
import type { Annotator } from "./annotator.ts";
import type { Asked } from "./asked.ts";
import type { HandedOut } from "./handed-out.ts";

/** Leases remembered at most: two a desk, of more annotators than one process serves. */
const leasesAtMost = 10_000;
/** Characters of their prompts and answers at most. */
const charactersAtMost = 32_000_000;

interface Entry {
  readonly asked: Asked;
  readonly characters: number;
}

/**
 * What the leases ask that this process has handed out, so that an answer is checked without another statement. It cannot
 * be stale: a lease keeps its order, a task its prompt, answers and questionnaire, and a questionnaire's version its
 * questions; and whoever writes the judgement is told the questionnaire, and refuses one that the task does not ask. What
 * is not here is read from the database.
 */
export class AskedMemory {
  readonly #entries = new Map<string, Entry>();
  readonly #leasesAtMost: number;
  readonly #charactersAtMost: number;
  #characters = 0;

  constructor(limits: { leases: number; characters: number } = { leases: leasesAtMost, characters: charactersAtMost }) {
    this.#leasesAtMost = limits.leases;
    this.#charactersAtMost = limits.characters;
  }

  /** Of this member alone: what another asks of the same lease is not found. */
  get(who: Annotator, leaseId: string): Asked | undefined {
    return this.#entries.get(keyOf(who, leaseId))?.asked;
  }

  remember(who: Annotator, task: HandedOut): void {
    const key = keyOf(who, task.lease.id);
    this.forget(who, task.lease.id);
    const entry = { asked: askedOfTask(who, task), characters: charactersOf(task) };
    this.#entries.set(key, entry);
    this.#characters += entry.characters;
    this.#makeRoom();
  }

  /** Once it has its answer nobody asks again, but who did not hear of it. */
  forget(who: Annotator, leaseId: string): void {
    const key = keyOf(who, leaseId);
    this.#characters -= this.#entries.get(key)?.characters ?? 0;
    this.#entries.delete(key);
  }

  /** Those handed out first go first. */
  #makeRoom(): void {
    for (const [key, { characters }] of this.#entries) {
      if (this.#entries.size <= this.#leasesAtMost && this.#characters <= this.#charactersAtMost) return;
      this.#entries.delete(key);
      this.#characters -= characters;
    }
  }
}

const memories = new WeakMap<Database, AskedMemory>();

/** One of each open database. */
export function askedMemoryOf(db: Database): AskedMemory {
  const known = memories.get(db);
  if (known) return known;
  const memory = new AskedMemory();
  memories.set(db, memory);
  return memory;
}

const keyOf = ({ workspaceId, memberId }: Annotator, leaseId: string) => `${workspaceId} ${memberId} ${leaseId}`;

function askedOfTask({ memberId }: Annotator, task: HandedOut): Asked {
  const { order, split } = task.shownAs;
  const completions = task.completions
    .map(({ id, text, media }, place) => ({ completionId: id, text, media, canonical: order[place] ?? place }))
    .sort((a, b) => a.canonical - b.canonical)
    .map(({ canonical: _, ...completion }) => completion);
  const unjudged = { judgementId: "", annotator: memberId };
  return {
    questionnaireId: task.questionnaireId,
    questions: task.questions,
    task: {
      ...unjudged,
      promptId: task.prompt.id,
      prompt: task.prompt.messages,
      split,
      completions,
      shownOrder: order,
    },
  };
}

function charactersOf({ prompt, completions }: HandedOut): number {
  const texts = completions.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
  return texts + JSON.stringify(prompt.messages).length;
}
