import { outgoingReasons } from "./outgoing-reasons.ts";

/**
 * Why a model behind an address gave no answer although the address was reached, in the API's English. What the address
 * itself says (`{said}`) is cut, and left out whole where it holds a piece of the API key.
 */
export const endpointReasons = {
  endpointKeyRefused: "“{host}” does not accept the API key (status {status}). Give the endpoint a key that is valid.",
  endpointNotFound:
    "“{host}” has no chat completions at this address, or no such model (status {status}). Check the base URL, which mostly ends in /v1, and the name of the model. {said}",
  endpointRefused: "“{host}” refused the request (status {status}). {said}",
  endpointBusy: "“{host}” takes no more requests for now (status {status}). Lower the endpoint's limits, or try later.",
  endpointQuota: "“{host}” says that the account's own quota is used up (status {status}). Raise it there.",
  endpointBroken: "“{host}” answered with an error of its own (status {status}). Try again later.",
  endpointRedirects:
    "“{host}” redirects elsewhere (status {status}), which is not followed, as it would get the API key. Give the address where it ends.",
  endpointNoCompletion:
    "What “{host}” answered is no chat completion. Check that the base URL is that of an OpenAI-compatible API.",
  endpointEmpty:
    "“{host}” answered without a text, and ended with “{finish}”. A model that thinks first may need more room: raise maxNewTokens.",
  endpointEchoesKey: "The answer of “{host}” holds the API key, so nothing of it was kept. Do not use this address.",
} as const;

/** All for which a model behind an address gives no answer. */
export const askingReasons = { ...outgoingReasons, ...endpointReasons } as const;
export type AskingReason = keyof typeof askingReasons;
