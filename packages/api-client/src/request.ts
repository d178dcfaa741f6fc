import type { RouteCall } from "@touchstone/contracts";

/** What `createClient`'s methods take, before the route's own types narrow it. */
export interface LooseInput {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly upload?: { readonly body: Blob; readonly contentType: string };
}

/** Address of a call: `:name` parts are filled from `params`, `undefined` query values are left out. */
export function addressOf(baseUrl: string, route: RouteCall, input: LooseInput): string {
  const path = route.path.replace(/:([a-zA-Z]+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name])),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const search = query.toString();
  return `${baseUrl}${path}${search ? `?${search}` : ""}`;
}

/** What says who asks: of a session the CSRF token beside its cookie, of a program its API token. */
interface Credentials {
  readonly csrfToken: string | undefined;
  readonly apiToken: string | undefined;
}

/** Method, headers and body of a call; the CSRF token goes with everything that changes something. */
export function requestOf(
  route: RouteCall,
  input: LooseInput,
  { csrfToken, apiToken }: Credentials,
  more: Readonly<Record<string, string>> = {},
): RequestInit {
  const headers = new Headers({ accept: route.streams ? "*/*" : "application/json", ...more });
  if (changesSomething(route) && csrfToken) headers.set("x-csrf-token", csrfToken);
  if (apiToken !== undefined) headers.set("authorization", `Bearer ${apiToken}`);
  if (input.upload) headers.set("content-type", input.upload.contentType);
  else if (input.body !== undefined) headers.set("content-type", "application/json");
  const json = input.body === undefined ? undefined : JSON.stringify(input.body);
  const body = input.upload ? input.upload.body : json;
  return { method: route.method, headers, credentials: "same-origin", ...(body === undefined ? {} : { body }) };
}

/** Whether a call may change something, and so needs the CSRF token. */
export function changesSomething(route: RouteCall): boolean {
  return route.method !== "GET";
}
