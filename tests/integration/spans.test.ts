import { randomUUID } from "node:crypto";
import type { LeasedTask, ProjectFigures } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne, formsOf, judgeAll, projectAsking, sendAnswers } from "../harness/asked-project.ts";
import { exportRows, newProject } from "../harness/import-file.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
});
afterAll(() => api.close());

const textAt = (task: LeasedTask, place: number): string => task.completions[place]?.text ?? "";

describe("spans", () => {
  const question = { name: "said", kind: "spans", settings: { categories: ["Meaning", "Style"] } };
  const span = (place: number, start: number, end: number) => ({
    place,
    start,
    end,
    category: "Meaning",
    severity: "major",
  });

  it("are counted in code points of the text as it is stored, and go out with the score that they amount to", async () => {
    const texts = ["是😀吗？ e\u0301 👩‍👩‍👧", "fine"];
    const projectId = await projectAsking(admin, [question], [{ prompt: "?", completions: texts, split: "train" }]);
    const task = await claimOne(admin, projectId);
    const emoji = task.completions.findIndex(({ text }) => text === texts[0]);
    const other = 1 - emoji;
    const points = [...textAt(task, emoji)];
    const said = { spans: [span(emoji, 1, 2), span(emoji, 8, points.length)], clean: [other] };
    const tooFar = { ...said, spans: [span(emoji, 1, points.length + 1)] };
    for (const [answer, path] of [
      [tooFar, "spans.0.end"],
      [{ ...said, spans: [span(emoji, 2, 2)] }, "spans.0.end"],
      [{ ...said, clean: [] }, "clean"],
      [{ ...said, spans: [{ ...span(emoji, 1, 2), category: "Tone" }] }, "spans.0.category"],
    ] as const) {
      expect(await sendAnswers(admin, task, { said: answer })).toMatchObject({
        status: 422,
        path: `answers.said.${path}`,
      });
    }
    expect((await sendAnswers(admin, task, { said })).status).toBe(201);
    const [row] = await exportRows(admin, projectId, "judgements");
    expect(row).toMatchObject({ question: "spans", answer: said });
    const scores = (row?.scores as { said: number[] } | null)?.said;
    expect([scores?.[emoji], scores?.[other]]).toEqual([10, 0]);
    expect(points.slice(1, 2).join("")).toBe("😀");
    expect(await formsOf(api, projectId)).toEqual([]);
  });

  it("are settled before they are asked: what weighs something must be there", async () => {
    const projectId = await newProject(admin, `Asks ${randomUUID()}`, 1);
    const refusedAt = async (settings: object) => {
      const questions = [{ name: "said", kind: "spans", settings }];
      const written = await admin.send("POST", `/api/projects/${projectId}/questionnaires`, { name: "own", questions });
      return written.json<{ path: string }>();
    };
    expect(await refusedAt({})).toMatchObject({ path: "questions.0.settings.categories" });
    const weights = [{ category: "Tone", severity: "minor", weight: 0.1 }];
    expect(await refusedAt({ categories: ["Meaning"], weights })).toMatchObject({
      path: "questions.0.settings.weights.0.category",
    });
  });

  it("of two people agree by their scores", async () => {
    const second = await invite(admin, "annotator", "bo@example.org");
    const projectId = await projectAsking(
      admin,
      [question],
      [1, 2, 3].map((n) => ({ prompt: `${n}?`, completions: [`text ${n}`] })),
      2,
    );
    for (const who of [admin, second]) {
      await judgeAll(who, projectId, 3, (task) => {
        const isClean = textAt(task, 0).endsWith("1");
        return {
          said: isClean ? { spans: [], clean: [0] } : { spans: [span(0, 0, who === admin ? 2 : 4)], clean: [] },
        };
      });
    }
    const figures = (await admin.send("GET", `/api/projects/${projectId}/figures`)).json<ProjectFigures>();
    expect(figures.agreement).toMatchObject({ value: 1 });
  });

  it("are asked beside a correction, and go out with it in one judgement", async () => {
    const questions = [question, { name: "fixed", kind: "correction" }];
    const projectId = await projectAsking(admin, questions, [
      { prompt: "?", completions: ["tea is grey"], split: "train" },
    ]);
    const answers = {
      said: { spans: [span(0, 7, 11)], clean: [] },
      fixed: { choice: "edited", place: 0, text: "tea is brown" },
    };
    expect((await sendAnswers(admin, await claimOne(admin, projectId), answers)).status).toBe(201);
    const [row] = await exportRows(admin, projectId, "judgements");
    expect(row).toMatchObject({ question: null, answer: null, answers, scores: { said: [5] } });
  });
});
