import type { DomainError } from "@touchstone/contracts";

interface Work {
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

/** Work of this process that goes on without the request that began it, by the id of its row. */
export class UnderWay {
  readonly #works = new Map<string, Work>();

  get ids(): string[] {
    return [...this.#works.keys()];
  }

  /** @param work never rejects: it writes down itself how it ended @param leave called once it has ended */
  begin(id: string, work: (stop: AbortController) => Promise<void>, leave: () => void): void {
    const stop = new AbortController();
    const ended = work(stop).finally(() => {
      this.#works.delete(id);
      leave();
    });
    this.#works.set(id, { stop, ended });
  }

  /** Has one of this process stop at once; one of another hears of it by itself. */
  stop(id: string, reason: DomainError): void {
    this.#works.get(id)?.stop.abort(reason);
  }

  /** Has all stop, and settles once they have. */
  async close(reason: DomainError): Promise<void> {
    const works = [...this.#works.values()];
    for (const { stop } of works) stop.abort(reason);
    await Promise.all(works.map(({ ended }) => ended));
  }
}

/**
 * Does something again and again, each time once the time before has ended, so that no older word comes after a newer one.
 *
 * @returns how to end it
 */
export function again(everyMs: number, what: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const next = () => {
    timer = setTimeout(async () => {
      await what();
      if (!isOver) next();
    }, everyMs);
  };
  next();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
