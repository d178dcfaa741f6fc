import type { LineageView } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { modelOf, runOf } from "./subject.fixture.ts";
import { subjectOfModel, subjectOfRun } from "./subject.ts";

const step = (
  model: ReturnType<typeof modelOf>,
  relation: "self" | "parent" | "reward",
  run: ReturnType<typeof runOf> | null = null,
): LineageView["steps"][number] => ({ model, relation, run, labelSet: null });
const chosen = { id: "m", number: 1, chosenAs: "model" } as const;

describe("one of those compared", () => {
  const model = modelOf("m", { parentId: "base", rewardId: "judge", usedIn: [{ id: "q", name: "Q" }] });
  const base = modelOf("base", { projectId: null });
  const judge = modelOf("judge", { kind: "reward" });

  it("is a model with its run, what it was trained from and against, and where it is used", () => {
    const subject = subjectOfModel(
      { model, steps: [step(model, "self", runOf("r")), step(judge, "reward"), step(base, "parent")] },
      chosen,
    );
    expect(subject).toMatchObject({ run: { id: "r" }, base: { id: "base" }, reward: { id: "judge" } });
    expect(subject.projectIds).toEqual(["p", "q"]);
  });

  it("reads as many tokens as the model that it was trained from", () => {
    const pretrained = runOf("first", { kind: "pretrain", spec: { model: { context: 256 } } });
    const steps = [
      step(model, "self", runOf("r")),
      step(judge, "reward", runOf("j", { kind: "pretrain", spec: { model: { context: 64 } } })),
      step(base, "parent", pretrained),
    ];
    expect(subjectOfModel({ model, steps }, chosen).context).toBe(256);
    expect(subjectOfModel({ model, steps: steps.slice(0, 2) }, chosen).context).toBeNull();
  });

  it("has the shape of the model that pretraining went on from, whatever the settings of a fresh one say", () => {
    const more = runOf("more", { kind: "pretrain", policyId: "base", spec: { model: { context: 128 } } });
    expect(subjectOfRun(more, 1, [base])).toMatchObject({ context: null, base: { id: "base" } });
  });

  it("reads what its files said when it was brought", () => {
    const alerts = [
      { step: 0, level: "note" as const, code: "model_read" as const, message: "Read.", values: { context: 2_048 } },
    ];
    expect(subjectOfRun(runOf("b", { kind: "import", spec: { context: 4_096 }, alerts }), 1, []).context).toBe(2_048);
  });
});
