import { marginOf, statedStep, stepOfMargin } from "../formats/margin-scale.ts";
import { isAbsent } from "../formats/origin.ts";
import { preferredRoles, preferredRow } from "./preferred.ts";
import type { Shape } from "./shape.ts";

const worse = ["rejected_response", "rejected_messages"] as const;

/**
 * ms-swift's preferences: `messages` end with the better answer, and the worse one stands beside it, as a text or as a whole
 * conversation of its own. A margin is the strength of the choice.
 */
export const swift: Shape = {
  format: "swift",
  roles: {
    ...{ messages: "better", rejected_response: "worse", rejected_messages: "worse" },
    ...{ margin: "margin", margin_step: "margin" },
    ...preferredRoles,
  },
  matches: (file) => file.is("messages", "turns") && worse.some((name) => file.within(name)),
  read: ({ line, value }, margins = { kind: "unit" }) => {
    const margin = marginOf(value.margin, line);
    return preferredRow(
      { line, value },
      {
        ...{ prompt: null, better: "messages", margin },
        worse: worse.find((name) => !isAbsent(value[name])) ?? "rejected_response",
        step: statedStep(value.margin_step, line) ?? stepOfMargin(margin, margins),
      },
    );
  },
};
