/** A small file in just a published shape, written by us, with what it must yield. */
export interface Sample {
  readonly name: string;
  readonly reason: string;
  readonly rows: readonly object[];
  /** In short: `inShort` of the test. */
  readonly yields: readonly object[];
  /** What the receipt asks to agree to: columns that nothing is taken from, and so on. */
  readonly notTaken?: readonly string[];
  /** Rows that are refused. */
  readonly refused?: readonly { readonly row: object; readonly field: string; readonly reason: string }[];
}

export const user = (content: string) => ({ role: "user", content });
export const assistant = (content: string) => ({ role: "assistant", content });
