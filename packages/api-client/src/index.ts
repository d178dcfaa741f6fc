export type { CallInput, CallOptions, CallOutput, Client } from "./call-types.ts";
export { type ClientOptions, createClient } from "./create-client.ts";
export { ApiError, ConnectionError, isProblem } from "./errors.ts";
export { type LiveSocket, type LiveSocketOptions, openLiveSocket, type Topic } from "./socket.ts";
