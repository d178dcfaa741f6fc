import { ApiError, type Client, createClient } from "@touchstone/api-client";

/**
 * On a page of the product's own origin the cookie says who asks: no token, and `baseUrl` is empty. The client fetches the
 * session's CSRF token by itself before the first request that changes something, and once more when it has grown old.
 *
 * @param reload is called where somebody else has signed in meanwhile: `() => location.reload()`
 * @returns the client, or null if mail and password are not those of a login
 */
export async function signIn(email: string, password: string, reload: () => void): Promise<Client | null> {
  const client = createClient({ baseUrl: "", onOtherMember: reload });
  try {
    await client.signIn({ body: { email, password } });
    return client;
  } catch (error) {
    if (error instanceof ApiError && error.code === "wrong_credentials") return null;
    throw error;
  }
}
