import { lineWatch } from "@touchstone/datasets";

/** Files whose lines are watched at once; of more, those that have rested longest are watched no further. */
const mostWatched = 200;

interface Watched {
  readonly look: ReturnType<typeof lineWatch>;
  /** How many bytes of the file it was shown. */
  shown: number;
}

/**
 * Looks at the lines of files while they come, whichever connections bring them, as `lineWatch` does. Kept in memory: of a
 * file that another process has begun, or of which bytes came twice, a line that is too long shows when it is read.
 */
export class LineWatches {
  readonly #watched = new Map<string, Watched>();

  /** @param work is given what to show each piece from this byte on; nothing where what came before was not shown */
  async within<T>(
    id: string,
    offset: number,
    work: (show: ((piece: Uint8Array) => void) | undefined) => Promise<T>,
  ): Promise<T> {
    const watched = offset === 0 ? { look: lineWatch(), shown: 0 } : this.#watched.get(id);
    // Whoever has it has it alone: two that send the same stretch would have its bytes counted twice.
    this.#watched.delete(id);
    if (watched?.shown !== offset) return work(undefined);
    try {
      return await work((piece) => {
        watched.look(piece);
        watched.shown += piece.length;
      });
    } finally {
      this.#keep(id, watched);
    }
  }

  #keep(id: string, watched: Watched): void {
    this.#watched.set(id, watched);
    const [oldest] = this.#watched.keys();
    if (this.#watched.size > mostWatched && oldest !== undefined) this.#watched.delete(oldest);
  }
}
