import { LeasedTask, standardQuestion } from "@touchstone/contracts";

const id = (group: number, n: number): string => `0195d2a0-0000-7000-8${group}00-${String(n).padStart(12, "0")}`;

/** The n-th task of a test, with ids that tell what they belong to. */
export function leasedTask(n: number, kind: "preference" | "rating" = "preference"): LeasedTask {
  return LeasedTask.parse({
    lease: {
      id: id(1, n),
      token: `token-of-lease-${n}`.padEnd(20, "x"),
      expiresAt: "2026-11-23T12:00:00Z",
      leaseSeconds: 900,
    },
    taskId: id(2, n),
    projectId: id(3, 0),
    questionnaireId: id(4, 0),
    questions: [{ ...standardQuestion(kind), title: "Which ending is better?" }],
    prompt: { id: id(5, n), messages: [{ role: "user", content: `Prompt ${n}` }], language: "en", sourceText: null },
    completions: [
      { id: id(6, 2 * n), text: `Left ${n}` },
      { id: id(6, 2 * n + 1), text: `Right ${n}` },
    ].slice(0, kind === "preference" ? 2 : 1),
    guidelineVersion: 1,
    previousAnswers: null,
  });
}
