import type { ProjectFigures, ProjectView, Role } from "@touchstone/contracts";
import { judgementsHref } from "../judgements/judgement-filter.ts";

/** What a project needs next, of all that could be done with it. */
export type StepKind =
  | "resume"
  | "import"
  | "generate"
  | "open"
  | "invite"
  | "inviteMore"
  | "inviteOthers"
  | "wait"
  | "judge"
  | "export"
  | "train"
  | "look";

export interface NextStep {
  readonly kind: StepKind;
  readonly href: string;
  /** Judgements that are still missing. */
  readonly left: number;
  /** When those are there at the present pace; null where nobody can tell. */
  readonly doneAt: Date | null;
}

interface Situation {
  readonly project: ProjectView;
  readonly figures: ProjectFigures;
  readonly role: Role;
  readonly now: Date;
}

const hourMs = 3_600_000;

/** The one next step for this person, chosen by the state of the project; null where it is archived and rests. */
export function nextStepOf(situation: Situation): NextStep | null {
  const { project, figures, now } = situation;
  if (project.state === "archived") return null;
  const kind = kindOf(situation);
  const { underway, waiting } = figures.missing;
  const left = underway + waiting;
  const { perHour } = figures;
  // Where the progress has an end with its interval, one without would only contradict it.
  const isForetold = figures.progress?.end != null;
  const comesIn = kind === "wait" && !isForetold && perHour !== null && figures.annotatorCount >= project.overlap;
  const doneAt = comesIn ? new Date(now.getTime() + (left / perHour) * hourMs) : null;
  return { kind, href: hrefOf(kind, project.id), left, doneAt };
}

function kindOf({ project, figures, role }: Situation): StepKind {
  const admin = role === "admin";
  const builds = admin || role === "researcher";
  const { underway, waiting, closed } = figures.missing;
  if (project.state === "paused" || project.state === "ended") return admin ? "resume" : "look";
  if (figures.tasks.total === 0) {
    if (!builds) return "look";
    return figures.prompts === 0 ? "import" : "generate";
  }
  // Each task wants different people: fewer than that never finish one, however fast they are.
  if (admin && waiting > 0 && figures.judgements.person > 0 && figures.annotatorCount < project.overlap)
    return "inviteOthers";
  if (figures.perHour !== null && waiting + underway > 0) return "wait";
  if (waiting > 0) {
    if (!admin) return "judge";
    return figures.judgements.person === 0 ? "invite" : "inviteMore";
  }
  if (underway > 0) return "wait";
  if (!builds) return "look";
  if (closed > 0) return "open";
  return project.practice ? "train" : "export";
}

function hrefOf(kind: StepKind, projectId: string): string {
  const base = `/projects/${projectId}`;
  switch (kind) {
    case "resume":
      return `${base}/settings`;
    case "import":
    case "open":
      return `${base}/import`;
    case "generate":
    case "train":
      return `${base}/runs/new`;
    case "invite":
    case "inviteMore":
    case "inviteOthers":
      return `${base}/invite`;
    case "judge":
      return `/work/${projectId}`;
    case "export":
      return `${base}/export`;
    case "wait":
    case "look":
      return judgementsHref(projectId, { state: "counted" });
  }
}
