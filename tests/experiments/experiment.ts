/** A measurement that takes longer than a test. */
export interface Experiment {
  /** Whether it reads published data sets, which are no part of the project. */
  readonly needsReferenceData: boolean;
  /** What else is not here that it needs, in a sentence with the cure; nothing if all is. */
  lacks?(): string | undefined;
  /** @param say a line of progress */
  run(say: (line: string) => void): Promise<Outcome>;
}

export interface Outcome {
  /** Committed as results/NAME.json. */
  readonly result: object;
  /** Markdown, shown on the terminal and kept in docs/results.md. */
  readonly table: string;
  /** Pictures by name without extension, as SVG; written to docs/figures/ as SVG and PNG. */
  readonly figures?: Readonly<Record<string, string>>;
}
