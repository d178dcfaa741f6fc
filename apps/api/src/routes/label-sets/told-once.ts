/** So long the ranges by which a program reads one file are one download, in ms. */
const oneDownloadMs = 10 * 60_000;
/** Downloads that are remembered; of more the oldest is told of again. */
const mostRemembered = 10_000;

interface Told {
  readonly at: number;
  readonly telling: Promise<void>;
}

/** Tells of each download once: a reader of Parquet asks for a file in dozens of ranges, several at once. */
export class ToldOnce {
  readonly #downloads = new Map<string, Told>();

  /** @param tell that it has begun, which all ranges of it wait for; where that fails it was not told of. */
  async tell(download: string, tell: () => Promise<void>, now = Date.now()): Promise<void> {
    const known = this.#downloads.get(download);
    if (known !== undefined && now - known.at < oneDownloadMs) return known.telling;
    const told = { at: now, telling: tell() };
    this.#downloads.delete(download);
    this.#downloads.set(download, told);
    const [oldest] = this.#downloads.keys();
    if (this.#downloads.size > mostRemembered && oldest !== undefined) this.#downloads.delete(oldest);
    try {
      await told.telling;
    } catch (error) {
      if (this.#downloads.get(download) === told) this.#downloads.delete(download);
      throw error;
    }
  }
}
