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
  givenName: null,
  stage: "candidate",
  usedIn: [],
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
  expect(chosenModel([newest, older, oldest], null, { except: "newest" })).toBe(older);
  expect(chosenModel([newest, older, oldest], null, { except: "older" })).toBe(newest);
});

test("the only policy there is is not proposed as its own opponent", () => {
  expect(chosenModel([newest], null, { except: "newest" })).toBeUndefined();
  expect(chosenModel([], null)).toBeUndefined();
});

test("what a project uses is proposed there before what is newer, and elsewhere not", () => {
  const used = { ...older, usedIn: [{ id: "project", name: "Project" }] } as ModelVersionView;
  expect(chosenModel([newest, used], null, { usedIn: "project" })).toBe(used);
  expect(chosenModel([newest, used], null, { usedIn: "another" })).toBe(newest);
  expect(chosenModel([newest, used], null, { usedIn: "project", except: "older" })).toBe(newest);
  expect(chosenModel([newest, used], "newest", { usedIn: "project" })).toBe(newest);
});
