export {
  askCompletion,
  type CompletionAnswer,
  type CompletionFault,
  type CompletionOutcome,
  type CompletionRequest,
} from "./chat-completion.ts";
export { streamCompletion } from "./chat-stream.ts";
export { type OpenNetwork, OutgoingAllow } from "./open-network.ts";
export {
  type Outgoing,
  type OutgoingAnswer,
  type OutgoingLimits,
  type OutgoingRequest,
  type OutgoingSettings,
  openOutgoing,
} from "./outgoing.ts";
export { sendWebhook, type WebhookMessage, type WebhookOutcome } from "./webhook.ts";
