import { type Client, createClient } from "@touchstone/api-client";

/** A client for a program: an API token is made on the page Account, by whoever the program works for. */
export function connect(env: Readonly<Record<string, string | undefined>> = process.env): Client {
  const { TOUCHSTONE_URL: baseUrl = "http://localhost:3000", TOUCHSTONE_TOKEN: apiToken } = env;
  if (!apiToken) throw new Error("Set TOUCHSTONE_TOKEN to an API token of the page Account.");
  return createClient({
    baseUrl,
    apiToken,
    onOtherVersion: () => console.warn("The product is of another version than this client."),
  });
}
