/** By what a request names the project that it is about: the project itself, or something of it. */
export type ProjectHandle =
  | "project"
  | "import"
  | "lease"
  | "task"
  | "judgement"
  | "media"
  | "run"
  | "evaluation"
  | "schedule"
  | "labelSet"
  | "savedView"
  | "webhook"
  | "mapping"
  | "spooled"
  | "importJob"
  | "model"
  | "battle"
  | "link"
  | "linkToken";

/** Where in a request that handle stands. */
export interface ProjectSource {
  readonly handle: ProjectHandle;
  readonly in: "params" | "body";
  readonly field: string;
}
