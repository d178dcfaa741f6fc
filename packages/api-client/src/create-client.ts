import { type Route, type RouteName, routes, SessionView } from "@touchstone/contracts";
import type { CallOptions, Client } from "./call-types.ts";
import { ConnectionError, errorOf } from "./errors.ts";
import { addressOf, changesSomething, type LooseInput, requestOf } from "./request.ts";

export interface ClientOptions {
  /** Empty on a page of the same origin; `http://host:port` elsewhere. */
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  /** An API token, for programs; without one the browser's cookie says who asks. */
  readonly apiToken?: string;
}

/**
 * A client with one method for each route of the contracts, requests typed and answers parsed by their schemas.
 * It keeps the session's CSRF token by itself: from any answer that carries a session, fetched when first needed.
 *
 * @throws ApiError when the API answers with a problem; ConnectionError when no answer of it came.
 */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  let csrfToken: string | undefined;

  async function fetchOnce(route: Route, input: LooseInput, call: CallOptions): Promise<Response> {
    const request = { ...requestOf(route, input, { csrfToken, apiToken: options.apiToken }), ...call };
    return await send(addressOf(options.baseUrl, route, input), request).catch((cause: unknown) => {
      if (call.signal?.aborted) throw cause;
      throw new ConnectionError("The server could not be reached.", cause);
    });
  }

  async function learnToken(): Promise<void> {
    const response = await fetchOnce(routes.getSession, {}, {});
    if (!response.ok) throw await errorOf(response);
    csrfToken = SessionView.parse(await response.json()).csrfToken;
  }

  async function answer(route: Route, response: Response): Promise<unknown> {
    if (route.produces) return response;
    if (!route.response) return undefined;
    const body: unknown = await response.json().catch((cause: unknown) => {
      throw new ConnectionError("The answer broke off.", cause);
    });
    const parsed = route.response.parse(body);
    const session = SessionView.safeParse(parsed);
    if (session.success) csrfToken = session.data.csrfToken;
    return parsed;
  }

  async function callRoute(route: Route, input: LooseInput = {}, call: CallOptions = {}): Promise<unknown> {
    // No browser sends an API token by itself, so that nothing has to guard it.
    const guarded = changesSomething(route) && route.access !== "public" && options.apiToken === undefined;
    if (guarded && csrfToken === undefined) await learnToken();
    const response = await fetchOnce(route, input, call);
    if (response.ok) {
      if (route === routes.signOut) csrfToken = undefined;
      return await answer(route, response);
    }
    const error = await errorOf(response);
    // Another tab signed in again: the cookie is new and our token is not. One fresh token, one more try.
    if (guarded && "code" in error && error.code === "csrf_failed") {
      await learnToken();
      const second = await fetchOnce(route, input, call);
      if (second.ok) return await answer(route, second);
      throw await errorOf(second);
    }
    throw error;
  }

  const names = Object.keys(routes) as RouteName[];
  const methods = names.map((name) => [
    name,
    (input?: LooseInput, call?: CallOptions) => callRoute(routes[name], input, call),
  ]);
  // The route table decides at run time exactly what `Client` derives from it at compile time.
  return Object.fromEntries(methods) as Client;
}
