import { endpointReasons } from "../endpoint-reasons.ts";
import { coded, type Refusals } from "./shape.ts";

/** Why a request is refused, of models behind addresses. */
export const endpointRefusals = {
  ...coded("invalid_value", endpointReasons),
  tooManyEndpoints: [
    "conflict",
    "This workspace has as many endpoints as it may ({limit}). Delete one that nobody needs.",
  ],
  endpointNameTaken: ["conflict", "There is an endpoint of this name already: “{name}”. Choose another name."],
  endpointQuery: [
    "invalid_value",
    "The base URL ends with what stands behind a question mark, where pages would show a key. Leave it out; only api-version may stand there.",
  ],
  endpointKeyOfOtherAddress: [
    "invalid_value",
    "The API key was given for another address. Give it again with this one, or remove it; it is not sent elsewhere by itself.",
  ],
  endpointPricesMissing: [
    "invalid_value",
    "A budget in money needs to know what tokens cost. State both prices, or leave the budget out.",
  ],
  endpointKeyUnreadable: [
    "conflict",
    "The endpoint's API key can't be read with this installation's secret, which has changed. Give the key again.",
  ],
  endpointInUse: [
    "conflict",
    "Runs that have not ended use this endpoint: {count}. Wait for their end, or cancel them.",
  ],
  endpointBudget: ["conflict", "The budget of the endpoint “{name}” is used up. Raise it, or count anew."],
  endpointAtOnce: [
    "conflict",
    "As many requests to the endpoint “{name}” are under way as may be at once ({limit}). Try again in a moment.",
  ],
  endpointPerMinute: [
    "conflict",
    "The endpoint “{name}” may be asked {limit} times a minute. Try again in {seconds} seconds.",
  ],
  endpointOnlyCandidates: [
    "invalid_spec",
    "An endpoint answers prompts as candidates, and nothing else. Leave endpointId out, or launch a run of kind generate.",
  ],
  endpointAndPolicy: ["wrong_model", "Both a policy and an endpoint are to answer. Name one of them."],
} as const satisfies Refusals;
