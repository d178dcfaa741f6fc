import type { Answers, LeasedTask, OwnTask, TaskNote } from "@touchstone/contracts";
import type { OutboxStore } from "../workbench/outbox/outbox-store.ts";
import type { Desk, InputKind } from "../workbench/state/desk.ts";
import type { DeskSession, SessionOfPage } from "../workbench/state/desk-session.ts";
import { WorkBoard, type WorkbenchSnapshot } from "../workbench/state/work-board.ts";
import type { Choice } from "../workbench/state/workbench-session.ts";
import type { Correction, CorrectionBox } from "./correction-box.ts";

interface CorrectionPorts {
  readonly own: OwnTask;
  readonly box: CorrectionBox;
  readonly desk: Desk;
  readonly memberId: string;
  /** It is sent, or kept to be sent; undefined where nothing was changed. */
  readonly onDone: (correction: Correction | undefined) => void;
}

/** One former answer on the desk, filled in: the views of the workbench change it, and what they make of it is a correction. */
export class CorrectionSession implements DeskSession, SessionOfPage {
  readonly mends = true;
  readonly #ports: CorrectionPorts;
  readonly #board: WorkBoard;
  readonly #task: LeasedTask;
  #done = false;

  constructor(ports: CorrectionPorts) {
    const { own, box, desk } = ports;
    this.#ports = ports;
    this.#task = asLeased(own);
    this.#board = new WorkBoard(desk, draftsOf(own, box.store), box.outbox);
    const pending = { judgements: 0, skips: 0 };
    this.#board.dispatch({ type: "claimed", tasks: [this.#task], here: undefined, pending });
  }

  get task(): LeasedTask {
    return this.#task;
  }

  readonly read = (): WorkbenchSnapshot => this.#board.read();
  readonly subscribe = (listener: () => void): (() => void) => {
    const unwatch = this.#ports.box.subscribe(() => this.#board.publish());
    const leave = this.#board.subscribe(listener);
    return () => {
      unwatch();
      leave();
    };
  };

  painted(screenId: string, at: number): void {
    this.#board.wake.painted(screenId, at);
  }

  seen(leaseId: string, answer: number): void {
    this.#board.wake.seen(leaseId, answer);
  }

  counts(at = this.#ports.desk.now()): boolean {
    return !this.#done && this.#board.wake.counts(at);
  }

  changeAnswers(answers: Answers): void {
    this.#board.drafts.changeAnswers(answers);
  }

  changeNote(note: TaskNote): void {
    this.#board.drafts.change(note);
  }

  ignoreDoubleClick(): void {
    this.#board.notice("double-click");
  }

  /** Whether something stands there that was not said yet. */
  changed(): boolean {
    const { answers, note } = this.#board.read();
    return !saysTheSame(this.#ports.own, { answers, note });
  }

  /** Puts everything back as it was said. */
  reset(): void {
    this.changeAnswers(this.#ports.own.answers);
    this.changeNote(this.#ports.own.note);
  }

  /** Sends what was made of it. `at`: when the key or the button went down. Says whether it counted. */
  judge({ answers, flash }: Choice, input: InputKind, at = this.#ports.desk.now()): boolean {
    if (!this.counts(at)) return false;
    const { box, onDone } = this.#ports;
    const { drafts } = this.#board;
    const note = drafts.note();
    this.#done = true;
    if (flash !== null) this.#board.flashOnce(flash);
    const said = { answers, note };
    const correction = saysTheSame(this.#ports.own, said) ? undefined : this.#made(said, input);
    drafts.forget(this.#task);
    if (correction) void box.add(correction);
    onDone(correction);
    return true;
  }

  activity(): void {
    this.#board.drafts.activity();
  }

  scrolled(): void {
    this.#board.drafts.scroll();
  }

  visibility(visible: boolean): void {
    this.#board.wake.visibility(visible);
    if (!this.#done) this.#board.drafts.visibility(visible);
  }

  retry(): void {
    this.#ports.box.retry();
  }

  /** Nothing here ends by itself. */
  tick(): void {}

  leavePage(): void {
    if (!this.#done) this.#board.drafts.save();
  }

  close(): void {
    this.leavePage();
    this.#board.wake.stop();
  }

  #made({ answers, note }: Said, input: InputKind): Correction {
    const { own, desk, memberId } = this.#ports;
    const key = desk.newKey();
    const client = { locale: desk.locale(), viewport: desk.viewport(), input };
    return {
      kind: "correction",
      key,
      memberId,
      projectId: own.projectId,
      madeAt: desk.date(),
      judgementId: own.id,
      leaseId: own.leaseId,
      submission: { idempotencyKey: key, answers, timings: this.#board.drafts.timings(), ...note, client },
      about: {
        excerpt: own.prompt.messages.at(-1)?.content.slice(0, excerptCharacters) ?? "",
        questions: own.questions,
      },
    };
  }
}

const excerptCharacters = 200;

interface Said {
  readonly answers: Answers;
  readonly note: TaskNote;
}

function saysTheSame(own: Said, { answers, note }: Said): boolean {
  const noted = note.flagged === own.note.flagged && note.comment === own.note.comment;
  return noted && inOrder(answers) === inOrder(own.answers);
}

/** Whichever way the fields of an answer were put together. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** As the views of the workbench know a task. Its lease is the answer itself: nobody holds it, and it never ends. */
function asLeased({ id, answers, note, ...task }: OwnTask): LeasedTask {
  const lease = { id, token: "", expiresAt: "9999-01-01T00:00:00Z", leaseSeconds: 86_400 };
  return { ...task, lease, previousAnswers: answers, note };
}

/**
 * Drafts of corrections, apart from those of tasks: the same task may lie on the desk too, turned, as a repeat. All answers
 * that were given under one lease share theirs, so that what was begun goes on with what it was corrected to meanwhile; and
 * what only says again what stands is none.
 */
function draftsOf(own: OwnTask, store: OutboxStore): OutboxStore {
  const of = { leaseId: own.id, taskId: own.leaseId };
  return {
    ...store,
    readDraft: () => store.readDraft(of),
    putDraft: ({ answers = {}, flagged, comment, ...draft }) =>
      saysTheSame(own, { answers, note: { flagged, comment } })
        ? store.removeDraft(of)
        : store.putDraft({ ...draft, answers, flagged, comment, taskId: own.leaseId }),
    removeDraft: () => store.removeDraft(of),
  };
}
