import type { LineageView } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { type ModelCardFacts, modelCard } from "./model-card.ts";

const model: LineageView["model"] = {
  id: "01900016-0000-7000-8000-000000000001",
  kind: "reward",
  number: 3,
  name: "Practice model · reward",
  practice: false,
  trainer: "reward",
  givenName: "Kind | one",
  projectId: null,
  parentId: null,
  rewardId: null,
  runId: null,
  labelSetId: null,
  parameters: 1000,
  bytes: 4000,
  tokenizerSha256: null,
  sha256: "a".repeat(64),
  metrics: { "heldout.accuracy": 0.7712, "heldout.accuracy.low": 0.69, "heldout.accuracy.high": 0.84, labels: 12 },
  deletedOrigin: null,
  erased: null,
  stage: "candidate",
  usedIn: [],
  createdAt: "2026-12-01T10:00:00.000Z",
};
const nothing: ModelCardFacts = {
  lineage: { model: { ...model, metrics: {} }, steps: [] },
  project: null,
  labels: null,
  spec: {},
  fingerprint: null,
  evaluations: [],
  promotions: [],
  files: [],
};

describe("a model card", () => {
  it("says of all that isn't known that it isn't, and makes nothing up", () => {
    const card = modelCard(nothing);
    expect(card).toContain("Not known: the model names no label set.");
    expect(card).toContain("## Labels\n\nNot known.");
    expect(card).toContain("Run and seed: not known");
    expect(card).toContain("Engine: not known. Fingerprint: not known.");
    expect(card).toContain("None are kept with this model.");
    expect(card).toContain("License, intended use, limitations");
    expect(card).not.toMatch(/undefined|null|NaN/);
  });

  it("has figures with their intervals, labels with their agreement, and no mark of a table in a name", () => {
    const labels = {
      projectName: "P",
      labelSetId: "s",
      labelSetSha256: "b".repeat(64),
      judgements: 12,
      deletedSince: 0,
      erasedSince: 0,
      guideline: { version: 2, text: "Be kind." },
      labelled: [{ source: "person", annotators: 3, judgements: 12 }],
      agreement: [{ question: "Which?", kind: "preference", alpha: { value: 0.54, low: 0.46, high: 0.59 } }],
    };
    const card = modelCard({ ...nothing, labels, lineage: { model, steps: [] }, project: "P" });
    expect(card).toMatch(/^# RM-3 · Kind \\\| one\n/);
    expect(card).toContain("| `heldout.accuracy` | 0.7712 | [0.6900, 0.8400] |");
    expect(card).toContain("| `labels` | 12 | – |");
    expect(card).toContain("| person | 3 | 12 |");
    expect(card).toContain("α 0.540 (95 % 0.460 to 0.590)");
    expect(card).toContain("Guideline: version 2.");
    expect(card.match(/heldout\.accuracy\.low/)).toBeNull();
  });
});
