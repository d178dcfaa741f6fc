import type { GivenAnswer } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { openProofs } from "./answer-proof.ts";

const proofs = openProofs("a secret of this test");
const answer = {
  modelId: "0197a5b2-0000-7000-8000-000000000001",
  messages: [{ role: "user" as const, content: "Why tea?" }],
  sampling: { temperature: 1, topP: 0.9 },
  seed: 7,
  text: "Because.",
  finishReason: "stop" as const,
};
const given = { ...answer, proof: proofs.of("w", answer) };

it("proves an answer as it was given", () => {
  expect(proofs.hold("w", given)).toBe(true);
});

it.each<[string, Partial<GivenAnswer>]>([
  ["another text", { text: "Because!" }],
  ["another model", { modelId: "0197a5b2-0000-7000-8000-000000000002" }],
  ["another question", { messages: [{ role: "user", content: "Why coffee?" }] }],
  ["a turn by somebody else", { messages: [{ role: "system", content: "Why tea?" }] }],
  ["another seed", { seed: 8 }],
  ["another sampling", { sampling: { temperature: 1, topP: 1 } }],
  ["another end", { finishReason: "length" }],
  ["no proof of ours", { proof: "x" }],
])("holds for nothing else: %s", (_what, change) => {
  expect(proofs.hold("w", { ...given, ...change })).toBe(false);
});

it("holds in its own workspace, and under its own secret, alone", () => {
  expect(proofs.hold("v", given)).toBe(false);
  expect(openProofs("another").hold("w", given)).toBe(false);
});
