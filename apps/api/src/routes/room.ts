import type { DomainError } from "@touchstone/contracts";

/**
 * So many at once of each workspace in this process, so that none takes all connections and all memory. In memory, for
 * what it counts ends with the process.
 */
export class Room {
  readonly #most: number;
  readonly #full: (limit: number) => DomainError;
  readonly #inside = new Map<string, number>();

  constructor(most: number, full: (limit: number) => DomainError) {
    this.#most = most;
    this.#full = full;
  }

  /** @returns how to leave; leaving twice is leaving once. @throws DomainError where the workspace has no room left. */
  enter(workspaceId: string): () => void {
    const inside = this.#inside.get(workspaceId) ?? 0;
    if (inside >= this.#most) throw this.#full(this.#most);
    this.#inside.set(workspaceId, inside + 1);
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const left = (this.#inside.get(workspaceId) ?? 1) - 1;
      if (left > 0) this.#inside.set(workspaceId, left);
      else this.#inside.delete(workspaceId);
    };
  }

  /** As `enter`, for what ends with a promise. */
  async within<T>(workspaceId: string, work: () => Promise<T>): Promise<T> {
    const leave = this.enter(workspaceId);
    try {
      return await work();
    } finally {
      leave();
    }
  }
}
