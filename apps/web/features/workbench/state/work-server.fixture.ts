import { ApiError, ConnectionError } from "@touchstone/api-client";
import type { Answers, LeasedTask, ProblemCode, TaskNote } from "@touchstone/contracts";
import { leasedTask } from "./leased-task.fixture.ts";
import type { WorkbenchApi } from "./session-ports.ts";

interface Lease {
  readonly id: string;
  readonly n: number;
  token: number;
  state: "held" | "ended" | "judged" | "skipped";
  note: TaskNote | null;
  previous: Answers | null;
}

/** What the server has come to know of a task, in the order of its coming. */
export interface Received {
  readonly kind: "judgement" | "skip";
  readonly taskId: string;
  readonly note: TaskNote;
}

/** Assignment for one person in one project as the real server does it, over a line that can be cut either way. */
export class WorkServer {
  readonly received: Received[] = [];
  /** By their keys. */
  readonly corrected = new Map<string, { readonly of: string; readonly answers: Answers }>();
  readonly line = { up: true, losesAnswers: false };
  /** Paused it hands out nothing new, archived it takes nothing either. */
  project: "active" | "paused" | "archived" = "active";
  readonly #tasks: number;
  readonly #leases: Lease[] = [];
  readonly #judgements = new Map<
    string,
    { readonly lease: Lease; readonly answers: Answers; readonly note: TaskNote }
  >();

  constructor(tasks: number) {
    this.#tasks = tasks;
  }

  /** Time is up for whatever is held; the same tasks go out again under other leases. */
  endLeases(): void {
    for (const lease of this.#leases) if (lease.state === "held") lease.state = "ended";
  }

  readonly api: WorkbenchApi = {
    claimTasks: () =>
      this.#over(() => {
        this.#refuseArchived();
        return { tasks: this.#claim(2), today: 99, here: this.#here(), paused: this.project === "paused" };
      }),
    submitJudgement: ({ body }) =>
      this.#over(() => {
        this.#refuseArchived();
        const { idempotencyKey: key, leaseId, leaseToken, answers = {} } = body;
        const note = { flagged: body.flagged ?? false, comment: body.comment ?? "" };
        const known = this.#judgements.has(key);
        if (!known) {
          const lease = this.#own(leaseId, leaseToken);
          if (this.#active(lease.n, lease)?.state === "judged" || lease.state === "judged") throw refusal("conflict");
          for (const other of this.#leases) if (other.n === lease.n && other.state === "held") other.state = "ended";
          lease.state = "judged";
          this.#judgements.set(key, { lease, answers, note });
          this.#receive("judgement", lease.n, note);
        }
        const rest = { judgementId: key, surplus: false, created: !known, today: 99 };
        return { ...rest, next: this.#next(), here: this.#here() };
      }),
    skipTask: ({ params, body }) =>
      this.#over(() => {
        const note = { flagged: body.flagged ?? false, comment: body.comment ?? "" };
        const own = this.#own(params.id, body.leaseToken);
        const lease = own.state === "ended" ? (this.#active(own.n, own) ?? own) : own;
        if (lease.state === "judged") throw refusal("lease_expired");
        if (lease.state !== "skipped") {
          lease.state = "skipped";
          lease.note = note;
        }
        this.#receive("skip", lease.n, note);
        return { next: this.#next(), here: this.#here() };
      }),
    undoJudgement: ({ params }) =>
      this.#over(() => {
        const made = this.#judgements.get(params.id);
        if (!made) throw refusal("not_found");
        if (made.lease.state !== "judged") {
          if (made.lease.state === "held") return this.#shown(made.lease);
          throw refusal("undo_too_late");
        }
        Object.assign(made.lease, { state: "held", previous: made.answers, note: made.note });
        made.lease.token += 1;
        return this.#shown(made.lease);
      }),
    undoSkip: ({ params }) =>
      this.#over(() => {
        const lease = this.#leases.find(({ id }) => id === params.id);
        if (!lease) throw refusal("not_found");
        if (lease.state === "held") return this.#shown(lease);
        if (lease.state !== "skipped") throw refusal("undo_too_late");
        lease.state = "held";
        lease.token += 1;
        return this.#shown(lease);
      }),
    correctJudgement: ({ params, body }) =>
      this.#over(() => {
        this.#refuseArchived();
        const { idempotencyKey: key, answers = {} } = body;
        const created = !this.corrected.has(key);
        const taken = [...this.corrected.values()].some(({ of }) => of === params.id);
        if (created && taken) throw refusal("conflict");
        this.corrected.set(key, { of: params.id, answers });
        return { judgementId: key, created };
      }),
    heartbeat: ({ params }) =>
      this.#over(() => {
        if (this.#leases.find(({ id }) => id === params.id)?.state !== "held") throw refusal("lease_expired");
        return { expiresAt: "2026-11-23T12:00:00Z" };
      }),
    releaseLease: ({ params }) =>
      this.#over(() => {
        const lease = this.#leases.find(({ id }) => id === params.id);
        if (lease?.state === "held") lease.state = "ended";
        return undefined;
      }),
  };

  async #over<T>(work: () => T): Promise<T> {
    if (!this.line.up) throw new ConnectionError("cut");
    const answer = work();
    if (this.line.losesAnswers) throw new ConnectionError("cut");
    return answer;
  }

  #refuseArchived(): void {
    if (this.project === "archived") throw refusal("project_archived");
  }

  #receive(kind: Received["kind"], n: number, note: TaskNote): void {
    this.received.push({ kind, taskId: leasedTask(n).taskId, note });
  }

  #own(id: string, token: string): Lease {
    const lease = this.#leases.find((one) => one.id === id && tokenOf(one) === token);
    if (!lease) throw refusal("not_found");
    return lease;
  }

  #active(n: number, except?: Lease): Lease | undefined {
    return this.#leases.find((lease) => lease.n === n && lease !== except && lease.state !== "ended");
  }

  #claim(count: number): LeasedTask[] {
    const held = this.#leases.filter(({ state }) => state === "held").slice(0, count);
    for (let n = 1; this.project === "active" && n <= this.#tasks && held.length < count; n++) {
      if (this.#active(n)) continue;
      const id = leasedTask(1_000 + this.#leases.length).lease.id;
      const lease: Lease = { id, n, token: 1, state: "held", note: null, previous: null };
      this.#leases.push(lease);
      held.push(lease);
    }
    return held.map((lease) => this.#shown(lease));
  }

  #next(): LeasedTask | null {
    // The newest one held is what comes with an answer, as long as something is held.
    return this.#claim(2).at(-1) ?? null;
  }

  #shown(lease: Lease): LeasedTask {
    const task = leasedTask(lease.n);
    const { note, previous: previousAnswers } = lease;
    return { ...task, lease: { ...task.lease, id: lease.id, token: tokenOf(lease) }, note, previousAnswers };
  }

  #here() {
    const count = (state: Lease["state"]) => this.#leases.filter((lease) => lease.state === state).length;
    return { today: count("judged"), total: count("judged"), skipped: count("skipped") };
  }
}

const tokenOf = (lease: Lease): string => `${lease.id} ${lease.token}`;

const refusal = (code: ProblemCode): ApiError =>
  new ApiError({ type: "about:blank", code, title: "", status: 409, detail: "", requestId: "r" });
