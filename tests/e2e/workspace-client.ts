import { type Client, createClient } from "@touchstone/api-client";
import { routes } from "@touchstone/contracts";

/** The typed client with a cookie of its own, as a page has one: for what stands behind a test and is not its point. */
export function clientOf(url: string): Client {
  let cookie = "";
  return createClient({
    baseUrl: url,
    routes,
    async fetch(input, init) {
      const headers = new Headers(init?.headers);
      headers.set("cookie", cookie);
      const response = await fetch(input, { ...init, headers });
      const given = response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
      if (given.length > 0) cookie = given.join("; ");
      return response;
    },
  });
}

/** Somebody else who runs this workspace: whoever publishes a guideline has read it. */
export async function otherAdmin(admin: Client, url: string): Promise<Client> {
  const { token } = await admin.createLink({ body: { kind: "invitation", role: "admin" } });
  const another = clientOf(url);
  const body = { name: "Bea", email: "bea@example.org", password: "a kite over the harbour" };
  await another.join({ params: { token }, body });
  return another;
}
