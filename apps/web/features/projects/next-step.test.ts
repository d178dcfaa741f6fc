import type { ProjectFigures, ProjectView, Role } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { nextStepOf } from "./next-step.ts";

const now = new Date("2026-11-26T12:00:00Z");
const project: ProjectView = {
  id: "p",
  name: "Answers",
  description: "",
  state: "active",
  overlap: 3,
  leaseSeconds: 900,
  practice: false,
  repeatShare: 0,
  dailyLimit: null,
  shareLimit: null,
  parallelLeases: 2,
  dueAt: null,
  groups: [],
  languagesOnly: false,
  blur: "marked",
  guideline: { id: "g", version: 1, text: "", createdAt: now.toISOString() },
  questionnaires: [],
  createdAt: now.toISOString(),
};
const nothing: ProjectFigures = {
  projectId: "p",
  prompts: 0,
  completions: 0,
  tasks: { open: 0, full: 0, paused: 0, total: 0 },
  wanted: 0,
  missing: { underway: 0, waiting: 0, closed: 0 },
  judgements: { person: 0, imported: 0, simulated: 0, surplus: 0, retracted: 0, leftOut: 0 },
  lastHour: 0,
  perHour: null,
  medianSeconds: null,
  activeAnnotators: 0,
  progress: null,
  agreement: null,
  timeline: [],
  annotators: [],
  annotatorCount: 0,
};
const filled: ProjectFigures = {
  ...nothing,
  prompts: 200,
  completions: 800,
  tasks: { open: 800, full: 0, paused: 0, total: 800 },
  wanted: 2_400,
  missing: { underway: 0, waiting: 2_400, closed: 0 },
};
const judged = (person: number, missing: ProjectFigures["missing"]): ProjectFigures => ({
  ...filled,
  judgements: { ...filled.judgements, person },
  annotatorCount: 20,
  missing,
});
const step = (figures: ProjectFigures, role: Role = "admin", change: Partial<ProjectView> = {}) =>
  nextStepOf({ project: { ...project, ...change }, figures, role, now });

describe("the next step of a project", () => {
  it("leads from a file over people and waiting to what comes of it, one step at a time", () => {
    const done = judged(2_400, { underway: 0, waiting: 0, closed: 0 });
    const some = { underway: 10, waiting: 1_390, closed: 0 };
    expect(step(nothing)?.kind).toBe("import");
    expect(step({ ...nothing, prompts: 200 })?.kind).toBe("generate");
    expect(step(filled)?.kind).toBe("invite");
    expect(step({ ...judged(1_000, some), perHour: 700 })?.kind).toBe("wait");
    expect(step(judged(1_000, some))?.kind).toBe("inviteMore");
    expect(step(judged(2_399, { underway: 1, waiting: 0, closed: 0 }))?.kind).toBe("wait");
    expect(step(judged(1_000, { underway: 0, waiting: 0, closed: 1_400 }))?.kind).toBe("open");
    expect(step(done)).toMatchObject({ kind: "export", href: "/projects/p/export" });
    expect(step(done, "admin", { practice: true })?.kind).toBe("train");
  });

  it("says when all are there at the present pace, and nothing where there is none", () => {
    const some = judged(1_000, { underway: 10, waiting: 1_390, closed: 0 });
    expect(step({ ...some, perHour: 700 })).toMatchObject({ left: 1_400, doneAt: new Date("2026-11-26T14:00:00Z") });
    expect(step(some)?.doneAt).toBeNull();
    // Whoever pauses a project has just seen a pace, which does not go on.
    expect(step({ ...some, perHour: 700 }, "admin", { state: "paused" })?.doneAt).toBeNull();
  });

  it("promises no end to fewer people than a task wants", () => {
    const two = { ...judged(20, { underway: 0, waiting: 10, closed: 0 }), perHour: 600, annotatorCount: 2 };
    expect(step(two)).toMatchObject({ kind: "inviteOthers", href: "/projects/p/invite", doneAt: null });
    expect(step(two, "researcher")).toMatchObject({ kind: "wait", doneAt: null });
    expect(step({ ...two, annotatorCount: 3 })?.kind).toBe("wait");
    expect(step(two, "admin", { overlap: 2 })?.kind).toBe("wait");
  });

  it("is one that this person may take", () => {
    expect(step(nothing, "reviewer")).toMatchObject({ kind: "look", href: "/projects/p/judgements?state=counted" });
    expect(step(filled, "researcher")).toMatchObject({ kind: "judge", href: "/work/p" });
    expect(step(filled, "researcher", { state: "paused" })?.kind).toBe("look");
    expect(step(filled, "admin", { state: "paused" })?.href).toBe("/projects/p/settings");
    expect(step(filled, "admin", { state: "archived" })).toBeNull();
  });
});
