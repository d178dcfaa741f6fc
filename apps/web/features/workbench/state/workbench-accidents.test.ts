import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HeldTasks } from "../../offline/held-tasks.ts";
import { HeldDesk } from "../../offline/kept.ts";
import { openMemoryLastStore } from "../outbox/last-store.ts";
import { openMemoryStore } from "../outbox/outbox-store.ts";
import { memberId, much, plainDesk, projectId } from "./desk.fixture.ts";
import { leasedTask } from "./leased-task.fixture.ts";
import { restScreen } from "./wake-keeper.ts";
import { type Received, WorkServer } from "./work-server.fixture.ts";
import { WorkbenchSession } from "./workbench-session.ts";

/** What a person, a browser and a network can do to the desk, in any order. */
const act = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("choose", "skip", "undo") },
  { weight: 2, arbitrary: fc.constantFrom("choose twice", "skip twice", "undo twice") },
  { weight: 4, arbitrary: fc.constantFrom("paint", "see A", "see B", "look", "doze") },
  // As people work, so that the rarer paths are reached too.
  { weight: 8, arbitrary: fc.constantFrom("look and wait", "look and wait", "undo") },
  { weight: 3, arbitrary: fc.constant("write") },
  { weight: 5, arbitrary: fc.constantFrom(20, 130, 270, 399, 450, 2_000) },
  { weight: 3, arbitrary: fc.constantFrom("cut", "mend", "lose answers", "reload", "other window", "leases end") },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** A desk under these acts, and a watcher who knows what has been on the screen for how long. */
class Trial {
  readonly server = new WorkServer(6);
  readonly written: string[] = [];
  /** Tasks that a press may have been about, by what stood on the screen when it came. */
  readonly meant: string[] = [];
  readonly #store = openMemoryStore();
  readonly #lastStore = openMemoryLastStore();
  #heldDesk: HeldDesk | null = null;
  #now = 0;
  readonly #desk = plainDesk({ now: () => this.#now, online: () => this.server.line.up }, 5_000);
  #page = this.#newPage();
  #screen = "";
  #paintedAt: number | null = null;
  #seen = new Set<number>();

  async open(): Promise<void> {
    await this.#page.open();
    await this.#pass(0);
  }

  async do(what: Act): Promise<void> {
    if (typeof what === "number") return this.#pass(what);
    const [verb, twice] = what.split(" ");
    if (what === "choose" || twice === "twice") this.#press(verb ?? "");
    else if (what === "skip" || what === "undo") this.#press(what);
    if (twice === "twice") {
      await this.#pass(110);
      this.#press(verb ?? "");
    }
    if (what === "paint" || verb === "look") this.#paint();
    if (what === "see A" || verb === "look") this.#see(0);
    if (what === "see B" || verb === "look") this.#see(1);
    if (what === "doze") this.#doze();
    if (what === "look and wait") await this.#pass(450);
    if (what === "write") this.#write();
    if (what === "cut") this.server.line.up = false;
    if (what === "lose answers") this.server.line.losesAnswers = true;
    if (what === "mend") await this.#mend();
    if (what === "reload") await this.#open(() => this.#page.close());
    if (what === "other window") await this.#open(() => this.#page.handOver());
    if (what === "leases end") this.server.endLeases();
    await this.#pass(0);
  }

  /** Everything gets through in the end; then each word is with the server, or kept in the browser. */
  async settle(): Promise<{ lost: string[] }> {
    await this.#mend();
    for (let turn = 0; turn < 5; turn++) await this.#pass(30_000);
    const { work, outbox, note } = this.#page.read();
    expect(outbox.pending).toBe(0);
    const drafts = await Promise.all(
      Array.from({ length: 7 }, (_, n) => {
        const { taskId } = leasedTask(n);
        return this.#store.readDraft({ leaseId: taskId, taskId });
      }),
    );
    const said = [note, work.last?.note, ...drafts, ...this.server.received.map((one) => one.note)];
    const entries = JSON.stringify(outbox.refused.map(({ entry }) => entry));
    const everywhere = said.map((one) => one?.comment ?? "").join(" ") + entries;
    return { lost: this.written.filter((word) => !everywhere.includes(word)) };
  }

  #press(verb: string): void {
    this.#watch();
    const task = this.#page.read().work.queue[0];
    const long = this.#paintedAt !== null && this.#now - this.#paintedAt >= 400;
    const counts = long && this.#seen.size === 2;
    if (task && counts && verb !== "undo") this.meant.push(task.taskId);
    if (verb === "choose") this.#page.judge(much, "keyboard");
    if (verb === "skip") this.#page.skip();
    if (verb === "undo") void this.#page.undo();
  }

  #write(): void {
    if (this.#page.read().work.queue.length === 0) return;
    const word = `w${this.written.length}.`;
    this.written.push(word);
    this.#page.changeNote({ flagged: true, comment: `${this.#page.read().note.comment} ${word}` });
  }

  #paint(): void {
    this.#watch();
    this.#paintedAt ??= this.#now;
    this.#page.painted(this.#screen, this.#now);
  }

  #see(answer: number): void {
    this.#watch();
    this.#seen.add(answer);
    this.#page.seen(this.#screen, answer);
  }

  /** The page goes out of sight and comes back: whoever comes back has looked at nothing yet. */
  #doze(): void {
    this.#watch();
    this.#page.visibility(false);
    this.#page.visibility(true);
    if (this.#paintedAt !== null) this.#paintedAt = this.#now;
  }

  /** Another screen than before has not been painted or seen. */
  #watch(): void {
    const screen = this.#page.read().work.queue[0]?.lease.id ?? restScreen;
    if (screen === this.#screen) return;
    this.#screen = screen;
    this.#paintedAt = null;
    this.#seen = new Set();
  }

  async #mend(): Promise<void> {
    Object.assign(this.server.line, { up: true, losesAnswers: false });
    this.#page.retry();
    await this.#pass(0);
  }

  async #open(leave: () => void): Promise<void> {
    leave();
    this.#page = this.#newPage();
    this.#screen = "";
    await this.#page.open();
  }

  async #pass(milliseconds: number): Promise<void> {
    // Step by step: whatever comes on the screen meanwhile is noticed by the watcher.
    for (let left = milliseconds; left > 0; left -= 50) {
      this.#now += Math.min(left, 50);
      await vi.advanceTimersByTimeAsync(Math.min(left, 50));
      this.#watch();
    }
    await vi.advanceTimersByTimeAsync(0);
    this.#watch();
  }

  #newPage(): WorkbenchSession {
    const [store, lastStore] = [this.#store, this.#lastStore];
    const held = new HeldTasks({
      api: this.server.api,
      kept: this.#heldDesk && HeldDesk.parse(this.#heldDesk),
      write: async (written) => {
        this.#heldDesk = written;
      },
      date: this.#desk.date,
      online: this.#desk.online,
    });
    const ports = { api: held.api, store, lastStore, desk: this.#desk, alone: (work: () => Promise<void>) => work() };
    const page = new WorkbenchSession({ ...ports, projectId, memberId });
    page.subscribe(() => held.follow(page.read().work));
    return page;
  }
}

/** What the server took, without skips that it had forgotten with their lease: those are sent again by themselves. */
function marksOf({ server }: Trial): readonly Received[] {
  return server.received.filter(
    ({ kind, taskId }, index, all) =>
      kind === "judgement" || all.slice(0, index).findLast((one) => one.taskId === taskId)?.kind !== "skip",
  );
}

/** Tasks that have more marks than presses that may have been about them. */
function accidents(trial: Trial): string[] {
  const times = (list: readonly string[], taskId: string) => list.filter((one) => one === taskId).length;
  const marked = marksOf(trial).map(({ taskId }) => taskId);
  return marked.filter((taskId) => times(marked, taskId) > times(trial.meant, taskId));
}

/** Words that stood in a mark of a task and not in the one that took its place: an undo did not bring them back. */
function forgotten(trial: Trial): string[] {
  const marks = marksOf(trial);
  return marks.flatMap(({ taskId, note }, index) => {
    const next = marks.slice(index + 1).find((one) => one.taskId === taskId);
    return next ? note.comment.split(" ").filter((word) => !next.note.comment.includes(word)) : [];
  });
}

describe("whatever is done to the desk", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("judges and skips only what was on screen for 400 ms with both answers seen, and loses no comment", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 60 }), async (acts) => {
        const trial = new Trial();
        await trial.open();
        for (const one of acts) await trial.do(one);
        const { lost } = await trial.settle();
        expect(lost).toEqual([]);
        expect(accidents(trial)).toEqual([]);
        expect(forgotten(trial)).toEqual([]);
      }),
      { numRuns: 300, seed: 20_261_126 },
    );
  });
});
