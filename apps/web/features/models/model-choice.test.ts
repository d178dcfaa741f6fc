import type { ModelVersionView } from "@touchstone/contracts";
import { expect, test } from "vitest";
import { chosenModel } from "./model-choice.ts";

const model = (id: string): ModelVersionView => ({
  id,
  kind: "policy",
  number: 1,
  name: id,
  practice: false,
  trainer: null,
  projectId: null,
  parentId: null,
  rewardId: null,
  runId: null,
  labelSetId: null,
  deletedOrigin: null,
  erased: null,
  parameters: 1,
  bytes: 1,
  tokenizerSha256: null,
  sha256: "0",
  metrics: {},
  createdAt: "2026-01-01T00:00:00Z",
});
const [newest, older, oldest] = [model("newest"), model("older"), model("oldest")];

test("the newest model is proposed until another is chosen", () => {
  expect(chosenModel([newest, older], null)).toBe(newest);
  expect(chosenModel([newest, older], "older")).toBe(older);
  expect(chosenModel([newest, older], "gone")).toBe(newest);
});

test("the other side of a comparison is proposed another model, whichever stands on this side", () => {
  expect(chosenModel([newest, older, oldest], null, "newest")).toBe(older);
  expect(chosenModel([newest, older, oldest], null, "older")).toBe(newest);
});

test("the only policy there is is not proposed as its own opponent", () => {
  expect(chosenModel([newest], null, "newest")).toBeUndefined();
  expect(chosenModel([], null)).toBeUndefined();
});
