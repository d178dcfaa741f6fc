import type { ModelVersionView, RunView } from "@touchstone/contracts";
import type { Subject } from "./subject.ts";

const at = "2026-12-01T00:00:00.000Z";

export const modelOf = (id: string, more: Partial<ModelVersionView> = {}): ModelVersionView => ({
  ...{ id, kind: "policy", number: 1, name: id, practice: false, trainer: "rloo", givenName: null, projectId: "p" },
  ...{ parentId: null, rewardId: null, runId: null, labelSetId: "set", parameters: 10, bytes: 1 },
  ...{ tokenizerSha256: "t", sha256: id, metrics: {}, deletedOrigin: null, erased: null, stage: "candidate" },
  ...{ usedIn: [], createdAt: at },
  ...more,
});

export const runOf = (id: string, more: Partial<RunView> = {}): RunView => ({
  ...{ id, projectId: "p", number: 1, kind: "rloo", name: "rloo", state: "succeeded", seed: 1, spec: {}, step: 1 },
  ...{ totalSteps: 1, secondsLeft: 0, engine: null, error: null, alerts: [], waitsForId: null, followers: [] },
  ...{ policyId: null, rewardId: null, labelSet: null, erased: null, modelVersionId: null, published: null },
  ...{ evaluationId: null, endpointId: null, requestedBy: null, createdAt: at, startedAt: at, finishedAt: at },
  ...more,
});

export const subjectOf = (number: number, more: Partial<Subject> = {}): Subject => ({
  ...{ id: `s${number}`, number, chosenAs: "model", model: modelOf(`m${number}`), run: runOf(`r${number}`) },
  ...{ labels: null, base: null, reward: null, context: null, projectIds: ["p"] },
  ...more,
});
