/** What the audit log tells of an act beside whom it was done to. A log of an older version may hold others. */
export const auditDetailKeys = [
  // Of a project, a member, a link, a token, a schedule or a run
  "projectId",
  "linkId",
  "name",
  "description",
  "guideline",
  "mustRead",
  "forAll",
  "reopened",
  "overlap",
  "version",
  "language",
  "copyOf",
  "leaseSeconds",
  "state",
  "repeatShare",
  "dailyLimit",
  "shareLimit",
  "parallelLeases",
  "dueAt",
  "groups",
  "languagesOnly",
  "blur",
  "languages",
  "batch",
  "moveTo",
  "role",
  "disabled",
  "consented",
  "byName",
  "byOperator",
  "kind",
  "preset",
  "scheduleId",
  "pattern",
  "tokensRevoked",
  "linksRevoked",
  // Of a model: its number
  "model",
  "archived",
  // Of an address that is told of events
  "host",
  "events",
  "on",
  "because",
  // Of an endpoint
  "keyChanged",
  "countedAnew",
  // Of a sign-in
  "address",
  "moreLeftOut",
  // Of an export
  "format",
  "simulated",
  "complete",
  "leftOut",
  // Of a label set and its files
  "file",
  "latest",
  "seconds",
  // Of what is left out
  "reason",
  "note",
  "replaced",
  // Of an import, its opening and its undo
  "rows",
  "prompts",
  "completions",
  "tasks",
  "judgements",
  "annotators",
  "duplicates",
  "differingPrefixes",
  "opened",
  "promptsKept",
  "tasksKept",
  // Of a picture or a sound, and how many of them went with an import
  "type",
  "bytes",
  "media",
  // Of what is deleted for good
  "people",
  "labelSets",
  "runs",
  "models",
  "evaluations",
  // Of what is erased
  "erased",
  "identityDays",
  "archivedDays",
] as const;

export type AuditDetailKey = (typeof auditDetailKeys)[number];
/** Whoever records an act tells of it by these keys alone, so that pages have a label for each. */
export type AuditDetail = Readonly<Partial<Record<AuditDetailKey, string | number | boolean | undefined>>>;
