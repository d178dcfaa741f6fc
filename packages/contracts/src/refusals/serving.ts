import type { Refusals } from "./shape.ts";

/** Why a registered model does not answer. */
export const servingRefusals = {
  servingNoWorker: [
    "unavailable",
    "No worker that serves models is running. Start one with {setting}, as npm start does.",
  ],
  servingNoQueue: ["unavailable", "The queue that leads to the models can't be reached. Try again in a moment."],
  servingBusy: [
    "too_many_requests",
    "As many questions wait for models as may at once ({limit}). Try again in a moment.",
  ],
  servingBrokeOff: [
    "unavailable",
    "The worker that answered was lost before the answer was whole, so what came of it is no answer. Ask again.",
  ],
  servingFailed: ["invalid_value", "The worker could not answer with “{name}”: {detail}"],
  servingTooLarge: [
    "invalid_value",
    "“{name}” needs {needed} bytes of memory to be served, and the worker has {there} for that. Give it more with {setting}, or serve a smaller model.",
  ],
  servingUnknown: ["not_found", "There is no policy “{name}” here. {where} lists those that there are."],
  servingNotReward: ["invalid_value", "“{name}” is no reward model, so it scores nothing. Name one that is."],
  servingNotPolicy: ["invalid_value", "“{name}” is no policy, so it answers nothing. Name one that is."],
  servingArchived: [
    "conflict",
    "“{name}” is archived, so nobody talks to it. Bring it back on its page, or choose another.",
  ],
  servingLastTurn: [
    "invalid_value",
    "The conversation ends with a turn of “{name}”, and a model answers the user. Send a turn of the user last.",
  ],
  pairUnproven: [
    "invalid_value",
    "Answer {number} is not as the model gave it, or it broke off. Have it answered again, and send that.",
  ],
  pairOfTwoPrompts: [
    "invalid_value",
    "The two answers are to different conversations, so they can’t be compared. Ask both models anew, or go on from one answer in all columns.",
  ],
  pairOfOneText: [
    "invalid_value",
    "Both answers are the same text, so there is nothing to choose. Ask for another with another seed.",
  ],
  pairNamesItself: [
    "invalid_value",
    "Answer {number} says which model it is of ({names}), so whoever judges would know. Allow answers that do, or take another answer.",
  ],
  pairNotShown: [
    "invalid_value",
    "“{name}” doesn’t ask about two answers: its tasks show {least} to {most}. Choose another questionnaire.",
  ],
  pairOfOtherProject: [
    "conflict",
    "“{name}” is a model of another project, whose answers are asked about there. Choose that project.",
  ],
  servingTooLong: [
    "invalid_value",
    "The conversation has {count} tokens, and the model’s context holds {limit} with the answer. Shorten it.",
  ],
  servingUnsupported: ["invalid_value", "“{name}” is not supported with this value. Leave it out."],
  servingQueryApart: [
    "invalid_value",
    "Text {number} of “{field}” does not begin with its prompt, so nobody knows where the answer begins. Send both as they were joined.",
  ],
  servingUneven: ["invalid_value", "“{field}” has {count} texts and “{other}” has {limit}. Send as many of each."],
} as const satisfies Refusals;
