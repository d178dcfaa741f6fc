import type { Desk } from "./desk.ts";
import { leasedTask } from "./leased-task.fixture.ts";
import { partsOf } from "./scale.ts";
import { restScreen } from "./wake-keeper.ts";
import type { WorkbenchSession } from "./workbench-session.ts";

/** Who sits there, and on what they work. */
export const projectId = leasedTask(1).projectId;
export const memberId = leasedTask(90).taskId;

const [first, , , middle] = partsOf("preference");
if (!first || !middle) throw new Error("The scale has no parts.");
export const much = first;
export const tie = middle;

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
