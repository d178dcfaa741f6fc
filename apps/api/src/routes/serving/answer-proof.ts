import { createHmac, timingSafeEqual } from "node:crypto";
import type { GivenAnswer } from "@touchstone/contracts";

export type UnprovenAnswer = Omit<GivenAnswer, "proof">;

/**
 * Nothing that is said in the playground is kept here, and yet whoever sends an answer for judgement can't send another in its
 * place, nor under another model: the server's own mark says who gave it, to what, and how it was drawn.
 */
export interface Proofs {
  of(workspaceId: string, answer: UnprovenAnswer): string;
  hold(workspaceId: string, answer: GivenAnswer): boolean;
}

/** @param secret the installation's */
export function openProofs(secret: string): Proofs {
  const of: Proofs["of"] = (workspaceId, { modelId, messages, sampling, seed, finishReason, text }) => {
    const { temperature, topP, maxNewTokens = null } = sampling;
    const turns = messages.map(({ role, content }) => [role, content]);
    const drawn = [temperature, topP, maxNewTokens, seed];
    const whole = JSON.stringify([workspaceId, modelId, turns, drawn, finishReason, text]);
    return createHmac("sha256", secret).update(`answer\n${whole}`).digest("base64url");
  };
  return {
    of,
    hold(workspaceId, { proof, ...answer }) {
      const [given, wanted] = [Buffer.from(proof), Buffer.from(of(workspaceId, answer))];
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}
