/** By what a request names the project that it writes into: the project itself, or something of it. */
export type ProjectHandle =
  | "project"
  | "import"
  | "lease"
  | "judgement"
  | "media"
  | "run"
  | "evaluation"
  | "schedule"
  | "labelSet"
  | "savedView"
  | "link"
  | "linkToken";

/** Where in a request that handle stands. */
export interface ProjectSource {
  readonly handle: ProjectHandle;
  readonly in: "params" | "body";
  readonly field: string;
}
