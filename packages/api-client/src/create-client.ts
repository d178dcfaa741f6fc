import {
  callOf,
  contractVersion,
  contractVersionHeader,
  everybodysCall,
  everybodysRoutes,
  type RouteCall,
  type RouteName,
} from "@touchstone/contracts";
import type { CallOptions } from "./call-options.ts";
import type { Client } from "./call-types.ts";
import { ConnectionError, errorOf, notThisMember } from "./errors.ts";
import { addressOf, changesSomething, type LooseInput, requestOf } from "./request.ts";

/** What can check an answer, by route: the route table of the contracts is one. */
export type AnswerSchemas = Readonly<
  Record<RouteName, { readonly path: string; readonly response?: { readonly parse: (body: unknown) => unknown } }>
>;

export interface ClientOptions {
  /** Empty on a page of the same origin; `http://host:port` elsewhere. */
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  /** An API token, for programs; without one the browser's cookie says who asks. */
  readonly apiToken?: string;
  /** The route table, for programs that may outlive the API's version: answers are parsed by its schemas. */
  readonly routes?: AnswerSchemas;
  /** An answer came from an API of another version than this client's. Called once. */
  readonly onOtherVersion?: () => void;
  /** Somebody else has signed in meanwhile, in another tab perhaps: nothing is sent until the page asks whose session it is. */
  readonly onOtherMember?: () => void;
}

/**
 * A client with one method for each route of the contracts, requests and answers typed by their schemas. Every answer has
 * passed its schema where the API wrote it, and says by which version of the contract; pages leave it at that, because
 * the schemas of all routes are heavier than the workbench itself.
 * It keeps the session's CSRF token by itself: from any answer that carries a session, fetched when first needed.
 *
 * @throws ApiError when the API answers with a problem; ConnectionError when no answer of it came.
 */
export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const noteVersion = openVersionWatch(options.onOtherVersion);
  let csrfToken: string | undefined;
  /** Whose the token is. */
  let memberId: string | undefined;

  async function fetchOnce(route: RouteCall, input: LooseInput, call: CallOptions): Promise<Response> {
    const { as, headers, ...init } = call;
    // Here, since the token that goes along is this member's or none: no answer comes between the look and the sending.
    if (as !== undefined && memberId !== undefined && as !== memberId) throw notThisMember();
    const request = { ...requestOf(route, input, { csrfToken, apiToken: options.apiToken }, headers), ...init };
    const response = await send(addressOf(options.baseUrl, route, input), request).catch((cause: unknown) => {
      if (init.signal?.aborted) throw cause;
      return unreachable(cause);
    });
    noteVersion(response.headers.get(contractVersionHeader));
    return response;
  }

  async function askSession(): Promise<KnownSession | undefined> {
    const response = await fetchOnce(everybodysCall("getSession"), {}, {});
    if (!response.ok) throw await errorOf(response);
    return sessionIn(await response.json().catch(breakOff));
  }

  function adopt(session: KnownSession | undefined): void {
    csrfToken = session?.csrfToken ?? csrfToken;
    memberId = session?.memberId ?? memberId;
  }

  async function readBody(name: RouteName, route: RouteCall, response: Response): Promise<unknown> {
    if (route.streams) return response;
    if (response.status === 204) return undefined;
    const body: unknown = await response.json().catch(breakOff);
    const parsed = options.routes?.[name].response?.parse(body) ?? body;
    adopt(sessionIn(parsed));
    return parsed;
  }

  async function callRoute(name: RouteName, input: LooseInput = {}, call: CallOptions = {}): Promise<unknown> {
    const route = await callOf(name).catch(unreachable);
    if (!route) throw new TypeError(`The API has no call named ${name}.`);
    // No browser sends an API token by itself, so that nothing has to guard it.
    const guarded = changesSomething(route) && !route.open && options.apiToken === undefined;
    if (guarded && csrfToken === undefined) adopt(await askSession());
    const response = await fetchOnce(route, input, call);
    if (response.ok) {
      if (name === "signOut") csrfToken = undefined;
      return await readBody(name, route, response);
    }
    const error = await errorOf(response);
    // Another tab signed in again: the cookie is new and our token is not. One fresh token, one more try; but never for
    // somebody else, since what is done on this page would be kept under their name.
    if (guarded && "code" in error && error.code === "csrf_failed") {
      const session = await askSession();
      if (memberId !== undefined && session?.memberId !== memberId) {
        options.onOtherMember?.();
        throw error;
      }
      adopt(session);
      const second = await fetchOnce(route, input, call);
      if (second.ok) return await readBody(name, route, second);
      throw await errorOf(second);
    }
    throw error;
  }

  const methodOf = (name: RouteName) => (input?: LooseInput, call?: CallOptions) => callRoute(name, input, call);
  // Everybody's are its own, so that a copy of the client has them.
  const methods = new Map<string, unknown>(everybodysRoutes.map((name) => [name, methodOf(name)]));
  // The names are `Client`'s, which the compiler knows: at run time not every page carries them all.
  return new Proxy(Object.fromEntries(methods) as Client, {
    get(_, name) {
      // Whatever is awaited is asked for this, and a client is no promise.
      if (typeof name !== "string" || name === "then") return undefined;
      if (!methods.has(name)) methods.set(name, methodOf(name as RouteName));
      return methods.get(name);
    },
  });
}

/** @throws ConnectionError */
function unreachable(cause: unknown): never {
  throw new ConnectionError("The server could not be reached.", cause);
}

/** Says once that an answer was written by another version of the contract. */
function openVersionWatch(onOtherVersion: ClientOptions["onOtherVersion"]): (version: string | null) => void {
  let told = false;
  return (version) => {
    if (told || version === null || version === contractVersion) return;
    told = true;
    onOtherVersion?.();
  };
}

interface KnownSession {
  readonly csrfToken: string;
  readonly memberId: string | undefined;
}

/** Whatever carries a session carries its token, and says whose it is. */
function sessionIn(body: unknown): KnownSession | undefined {
  const csrfToken = textAt(body, "csrfToken");
  return csrfToken === undefined ? undefined : { csrfToken, memberId: textAt(valueAt(body, "member"), "id") };
}

function valueAt(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
}

function textAt(body: unknown, name: string): string | undefined {
  const value = valueAt(body, name);
  return typeof value === "string" ? value : undefined;
}

function breakOff(cause: unknown): never {
  throw new ConnectionError("The answer broke off.", cause);
}
