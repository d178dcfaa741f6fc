/** Tells people what is going on, one calm line a stage. */
export interface Progress {
  /** Writes `title … 1.2 s` around the action. */
  stage<T>(title: string, action: () => Promise<T>): Promise<T>;
  /** A line of its own, also in the middle of a stage. */
  line(text: string): void;
}

export function openProgress(out: NodeJS.WritableStream): Progress {
  let unfinished = false;
  const line = (text: string) => {
    out.write(`${unfinished ? "\n" : ""}${text}\n`);
    unfinished = false;
  };
  return {
    line,
    async stage(title, action) {
      const startedAt = Date.now();
      out.write(`${title} … `);
      unfinished = true;
      const result = await action();
      const seconds = `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
      if (unfinished) out.write(`${seconds}\n`);
      else line(`${title}: ${seconds}`);
      unfinished = false;
      return result;
    },
  };
}
