/** Watches which processes come from one, also those whose parent has ended or that lead a group of their own. */
export declare class Descendants {
  constructor(root: number);
  /** Pids of those that live. */
  look(): number[];
}
export declare function endDescendants(root: number): Promise<void>;
