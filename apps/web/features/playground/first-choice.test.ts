import type { ModelVersionView } from "@touchstone/contracts";
import { expect, test } from "vitest";
import { rewardInUse } from "./first-choice.ts";

const reward = (id: string, of: Partial<ModelVersionView>) => ({
  ...{ id, stage: "candidate" as const, projectId: "tea", usedIn: [] },
  ...of,
});
const [newest, older] = [reward("newest", {}), reward("older", {})];

test("the reward model that was put in use in the project is proposed, of whatever project it is", () => {
  const used = reward("used", { projectId: "rain", usedIn: [{ id: "tea", name: "Tea" }] });
  expect(rewardInUse([newest, used], "tea")).toBe("used");
});

test("where none was, the newest of the project is, unless it was put away", () => {
  expect(rewardInUse([newest, older], "tea")).toBe("newest");
  expect(rewardInUse([reward("newest", { stage: "archived" }), older], "tea")).toBe("older");
  expect(rewardInUse([newest], "rain")).toBeNull();
});
