import { type QuestionnaireListItem, standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { startOf } from "./start-of.ts";
import { versionsByName } from "./versions.ts";

const version = (name: string, version: number, tasks = 0): QuestionnaireListItem => ({
  id: `0195d2a0-0000-7000-8000-${String(version).padStart(12, "0")}`,
  name,
  version,
  questions: [standardQuestion(version === 1 ? "preference" : "ranking")],
  tasks,
});
const items = [version("order", 2), version("order", 1, 7), version("preference", 1), version("zest", 1)];

describe("the questionnaires of a project", () => {
  it("stand by name with the newest version first, the project's own before the standard ones", () => {
    expect(
      versionsByName(items.toReversed()).map(({ name, newest, earlier, standard }) => [
        name,
        newest.version,
        earlier.map(({ tasks }) => tasks),
        standard,
      ]),
    ).toEqual([
      ["zest", 1, [], false],
      ["order", 2, [7], false],
      ["preference", 1, [], true],
    ]);
  });
});

describe("a form for a questionnaire", () => {
  const wish = { of: undefined, like: undefined };

  it("begins with one question, or with those of the newest version of the one it is about", () => {
    expect(startOf(wish, items)).toMatchObject({
      basedOn: 0,
      written: { name: "", entries: [{ kind: "preference" }] },
    });
    expect(startOf({ ...wish, of: "order" }, items)).toMatchObject({
      basedOn: 2,
      written: { name: "order", entries: [{ kind: "ranking" }] },
    });
    expect(startOf({ ...wish, like: "preference" }, items)).toMatchObject({ basedOn: 0, written: { name: "" } });
  });

  it("is none for a name that the project does not have, nor for a new version of a standard one", () => {
    expect(startOf({ ...wish, of: "gone" }, items)).toBeNull();
    expect(startOf({ ...wish, of: "preference" }, items)).toBeNull();
  });
});
