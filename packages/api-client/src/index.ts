export type { ProblemCode, RouteName, SocketEvent } from "@touchstone/contracts";
export type { CallOptions } from "./call-options.ts";
export type { CallInput, CallOutput, Client } from "./call-types.ts";
export { type AnswerSchemas, type ClientOptions, createClient } from "./create-client.ts";
export { ApiError, ConnectionError, isProblem } from "./errors.ts";
export {
  type LiveSocket,
  type LiveSocketOptions,
  openLiveSocket,
  type SocketConnection,
  type Topic,
} from "./socket.ts";
