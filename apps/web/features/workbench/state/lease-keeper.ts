import { ApiError, type Client } from "@touchstone/api-client";
import type { LeasedTask } from "@touchstone/contracts";

/** Whether what was asked about was deleted meanwhile: nothing can be said of it any more. */
export function isWithdrawn(error: unknown): boolean {
  const reason = error instanceof ApiError ? error.refusal?.reason : undefined;
  return reason === "taskDeleted" || reason === "projectDeleted";
}

type LeaseApi = Pick<Client, "heartbeat" | "releaseLease">;

/** Away for longer than this, a person no longer works here, and others may want the tasks. */
const hiddenIsAwayMs = 2 * 60_000;
const idleIsAwayMs = 5 * 60_000;

/** Holds leases for as long as someone is at the desk, and gives back what is not on the screen. */
export class LeaseKeeper {
  readonly #api: LeaseApi;
  readonly #onLost: (leaseId: string, withdrawn: boolean) => void;
  #lastSign: number;
  #lastBeat: number;
  #visible = true;

  constructor(api: LeaseApi, now: number, onLost: (leaseId: string, withdrawn: boolean) => void) {
    this.#api = api;
    this.#onLost = onLost;
    this.#lastSign = now;
    this.#lastBeat = now;
  }

  /** Someone is here. Says whether they had been away. */
  sign(now: number, visible: boolean): boolean {
    const wasAway = this.away(now);
    this.#lastSign = now;
    this.#visible = visible;
    return wasAway;
  }

  away(now: number): boolean {
    return now - this.#lastSign > (this.#visible ? idleIsAwayMs : hiddenIsAwayMs);
  }

  /** Three beats a lease: one may be lost without the lease being lost. */
  due(tasks: readonly LeasedTask[], now: number): boolean {
    const shortest = Math.min(...tasks.map(({ lease }) => lease.leaseSeconds));
    return !this.away(now) && now - this.#lastBeat > (shortest / 3) * 1_000;
  }

  async beat(tasks: readonly LeasedTask[], now: number): Promise<void> {
    this.#lastBeat = now;
    await Promise.all(
      tasks.map(async ({ lease }) => {
        try {
          await this.#api.heartbeat({ params: { id: lease.id }, body: { leaseToken: lease.token } });
        } catch (error) {
          const ended = error instanceof ApiError && (error.code === "lease_expired" || error.code === "not_found");
          if (ended) this.#onLost(lease.id, isWithdrawn(error));
        }
      }),
    );
  }

  /** `keepalive` lets the request outlive the page. A lease that could not be given back ends by itself. */
  async release(tasks: readonly LeasedTask[], keepalive: boolean): Promise<void> {
    await Promise.all(
      tasks.map(({ lease }) =>
        this.#api
          .releaseLease({ params: { id: lease.id }, body: { leaseToken: lease.token } }, { keepalive })
          .catch(() => undefined),
      ),
    );
  }
}
