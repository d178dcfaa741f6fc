import type { Desk } from "./desk.ts";
import { leasedTask } from "./leased-task.fixture.ts";
import { restScreen } from "./wake-keeper.ts";
import type { Choice, WorkbenchSession } from "./workbench-session.ts";

/** Who sits there, and on what they work. */
export const projectId = leasedTask(1).projectId;
export const memberId = leasedTask(90).taskId;

/** Choices for a task that asks which of two is better. */
export const much: Choice = { answers: { preference: { choice: "graded", step: 1 } }, flash: "1" };
export const tie: Choice = { answers: { preference: { choice: "graded", step: 4 } }, flash: "4" };

/** A machine with one clock, whose keys are counted from a number on. */
export function plainDesk(parts: Pick<Desk, "now" | "online"> & Partial<Desk>, firstKey: number): Desk {
  let keys = firstKey;
  return {
    date: parts.now,
    typing: () => false,
    visible: () => true,
    newKey: () => leasedTask(keys++).lease.id,
    locale: () => "en",
    viewport: () => "1280x800",
    revealed: () => false,
    reveal: () => undefined,
    ...parts,
  };
}

/** Somebody who has whatever comes on the screen before their eyes at once. */
export function readAtOnce(session: WorkbenchSession, now: () => number): void {
  let lookedAt = "";
  session.subscribe(() => {
    const task = session.read().work.queue[0];
    const screen = task?.lease.id ?? restScreen;
    if (screen === lookedAt) return;
    lookedAt = screen;
    session.painted(screen, now());
    for (const answer of task?.completions.keys() ?? []) session.seen(screen, answer);
  });
}
