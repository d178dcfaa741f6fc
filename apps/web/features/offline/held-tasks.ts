import { ConnectionError } from "@touchstone/api-client";
import type { LeasedTask, ProjectTally } from "@touchstone/contracts";
import type { WorkbenchApi } from "../workbench/state/session-ports.ts";
import type { WorkbenchState } from "../workbench/state/workbench-state.ts";
import type { HeldDesk } from "./kept.ts";

interface HeldPorts {
  readonly api: WorkbenchApi;
  /** What an earlier page kept. */
  readonly kept: HeldDesk | null;
  readonly write: (desk: HeldDesk) => Promise<void>;
  readonly date: () => number;
  readonly online: () => boolean;
}

export interface HeldSnapshot {
  /** The server has not been heard since this page was opened: what it shows was kept here. */
  readonly unheard: boolean;
  /** When the lease of a task ends if nobody renews it, by the id of the lease. */
  readonly ends: ReadonlyMap<string, number>;
}

/**
 * The memory of a desk: keeps the tasks that lie on it, and answers the first claim of a page with them when the server
 * cannot be reached. Everything else, accidents and late answers too, is as ever, since the session at the desk does
 * not know the difference.
 */
export class HeldTasks {
  /** The API as the desk is to use it. */
  readonly api: WorkbenchApi;
  readonly #ports: HeldPorts;
  readonly #listeners = new Set<() => void>();
  /** Leases of this project, whose receipts count here: answers left over from other desks are sent from here too. */
  readonly #own: Set<string>;
  #desk: HeldDesk;
  #queue: readonly LeasedTask[] = [];
  #heard = false;
  #snapshot: HeldSnapshot;

  constructor(ports: HeldPorts) {
    this.#ports = ports;
    this.#desk = ports.kept ?? { tasks: [], here: null, keptAt: 0 };
    this.#own = new Set(this.#desk.tasks.map(leaseOf));
    this.#snapshot = { unheard: false, ends: this.#ends() };
    this.api = {
      ...ports.api,
      claimTasks: (...asked) => this.#claim(...asked),
      submitJudgement: async (input, options) =>
        this.#counted(input.body.leaseId, await ports.api.submitJudgement(input, options)),
      skipTask: async (input, options) => this.#counted(input.params.id, await ports.api.skipTask(input, options)),
      heartbeat: async (input, options) => {
        const beat = await ports.api.heartbeat(input, options);
        this.#renew([input.params.id]);
        return beat;
      },
    };
  }

  readonly read = (): HeldSnapshot => this.#snapshot;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Keeps what lies on the desk now. */
  follow({ phase, queue }: Pick<WorkbenchState, "phase" | "queue">): void {
    if (phase === "opening" || queue === this.#queue) return;
    this.#queue = queue;
    for (const task of queue) this.#own.add(task.lease.id);
    const known = this.#snapshot.ends;
    const tasks = queue.map((task) => ({ task, endsAt: known.get(task.lease.id) ?? this.#endOf(task) }));
    // What leaves the desk now is answered, and stays away for that reason, or given back, which nobody hears.
    const cut = this.#snapshot.unheard || !this.#ports.online();
    const onDesk = (one: HeldTask): boolean => queue.some(({ taskId }) => taskId === one.task.taskId);
    const rest = cut ? this.#desk.tasks.filter((one) => !onDesk(one)) : [];
    this.#keep({ tasks: [...tasks, ...rest] });
  }

  async #claim(...asked: Parameters<WorkbenchApi["claimTasks"]>): ReturnType<WorkbenchApi["claimTasks"]> {
    try {
      const claimed = await this.#ports.api.claimTasks(...asked);
      this.#heard = true;
      this.#keep({ here: claimed.here });
      this.#renew(claimed.tasks.map(({ lease }) => lease.id));
      return claimed;
    } catch (error) {
      // Once a page: from then on the session has them, and knows better what has become of each.
      const first = !this.#heard && !this.#snapshot.unheard;
      if (!first || !(error instanceof ConnectionError) || this.#desk.tasks.length === 0) throw error;
      const here = this.#countHere();
      this.#publish(true);
      return { tasks: this.#desk.tasks.map(({ task }) => task), today: here?.today ?? 0, here };
    }
  }

  /** A count of yesterday is right but for what was done "today". */
  #countHere(): ProjectTally | undefined {
    const { here, keptAt } = this.#desk;
    if (!here) return undefined;
    const day = (at: number): string => new Date(at).toDateString();
    return day(keptAt) === day(this.#ports.date()) ? here : { ...here, today: 0 };
  }

  #counted<T extends { here?: ProjectTally | undefined }>(leaseId: string, receipt: T): T {
    if (this.#own.has(leaseId)) this.#keep({ here: receipt.here });
    return receipt;
  }

  #renew(leaseIds: readonly string[]): void {
    const renewed = (one: HeldTask): HeldTask => ({ ...one, endsAt: this.#endOf(one.task) });
    this.#keep({ tasks: this.#desk.tasks.map((one) => (leaseIds.includes(leaseOf(one)) ? renewed(one) : one)) });
  }

  #endOf({ lease }: LeasedTask): number {
    return this.#ports.date() + lease.leaseSeconds * 1_000;
  }

  #keep({ tasks, here }: { tasks?: HeldDesk["tasks"]; here?: ProjectTally | undefined }): void {
    this.#desk = {
      tasks: tasks ?? this.#desk.tasks,
      here: here ?? this.#desk.here,
      keptAt: here ? this.#ports.date() : this.#desk.keptAt,
    };
    // Where it cannot be kept, a reload without a network says that nothing is there.
    void this.#ports.write(this.#desk).catch(() => undefined);
    this.#publish(this.#snapshot.unheard && !this.#heard);
  }

  #publish(unheard: boolean): void {
    this.#snapshot = { unheard, ends: this.#ends() };
    for (const listener of this.#listeners) listener();
  }

  #ends(): ReadonlyMap<string, number> {
    return new Map(this.#desk.tasks.map((one) => [leaseOf(one), one.endsAt]));
  }
}

type HeldTask = HeldDesk["tasks"][number];

const leaseOf = ({ task }: HeldTask): string => task.lease.id;
