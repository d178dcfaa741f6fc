/** So long the ranges and conditions by which a program reads one file are one download, in ms. */
const oneDownloadMs = 10 * 60_000;
/** Downloads that are remembered; of more the oldest is told of again. */
const mostRemembered = 10_000;

/** Tells of each download once: a reader of Parquet asks for a file in dozens of ranges. */
export class ToldOnce {
  readonly #last = new Map<string, number>();

  /** @param tell that it has begun; where that fails it was not told of. */
  async tell(download: string, tell: () => Promise<void>, now = Date.now()): Promise<void> {
    const last = this.#last.get(download);
    if (last !== undefined && now - last < oneDownloadMs) return;
    await tell();
    this.#last.delete(download);
    this.#last.set(download, now);
    const [oldest] = this.#last.keys();
    if (this.#last.size > mostRemembered && oldest !== undefined) this.#last.delete(oldest);
  }
}
