import {
  type AuditDetailKey,
  ErasureKind,
  ExportFormat,
  ItemChangeKind,
  LeftOutMark,
  LeftOutReason,
  LinkKind,
  Preset,
  ProjectState,
  Role,
  RunKind,
} from "@touchstone/contracts";

type WordKey =
  | `shell.role.${Role}`
  | `projects.states.${ProjectState}`
  | `people.links.kinds.${LinkKind}`
  | `exports.formats.${ExportFormat}`
  | `runs.kinds.${RunKind}`
  | `runs.round.presets.${Preset}`
  | `browse.changes.${ItemChangeKind}`
  | `leftOut.kinds.${LeftOutMark["kind"]}`
  | `leftOut.reasons.${LeftOutReason}`
  | `erasure.kinds.${ErasureKind}`
  | "people.audit.details.changed";

/** The message for a word that the log keeps as programs write it; nothing where it is a text of somebody's. */
export function auditWord(key: AuditDetailKey, value: string): WordKey | undefined {
  if (key === "guideline" && value === "changed") return "people.audit.details.changed";
  if (key === "role") return keyOf(Role, value, (role) => `shell.role.${role}` as const);
  if (key === "state") return keyOf(ProjectState, value, (state) => `projects.states.${state}` as const);
  if (key === "preset") return keyOf(Preset, value, (preset) => `runs.round.presets.${preset}` as const);
  if (key === "format") return keyOf(ExportFormat, value, (format) => `exports.formats.${format}` as const);
  if (key === "reason") return keyOf(LeftOutReason, value, (reason) => `leftOut.reasons.${reason}` as const);
  if (key === "erased") return keyOf(ErasureKind, value, (kind) => `erasure.kinds.${kind}` as const);
  if (key !== "kind") return undefined;
  return (
    keyOf(LinkKind, value, (kind) => `people.links.kinds.${kind}` as const) ??
    keyOf(RunKind, value, (kind) => `runs.kinds.${kind}` as const) ??
    keyOf(ItemChangeKind, value, (kind) => `browse.changes.${kind}` as const) ??
    keyOf(LeftOutMark.shape.kind, value, (kind) => `leftOut.kinds.${kind}` as const)
  );
}

interface Enumeration<Value extends string> {
  safeParse(value: string): { readonly success: true; readonly data: Value } | { readonly success: false };
}

function keyOf<Value extends string, Key>(known: Enumeration<Value>, value: string, key: (value: Value) => Key) {
  const parsed = known.safeParse(value);
  return parsed.success ? key(parsed.data) : undefined;
}
