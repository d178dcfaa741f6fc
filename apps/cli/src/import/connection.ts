import { ApiError, type Client, ConnectionError, createClient } from "@touchstone/api-client";
import { type ProblemCode, routes } from "@touchstone/contracts";
import { UsageError } from "../rlhf/usage-error.ts";
import type { ImportOptions } from "./import-options.ts";
import { problemSentences } from "./problem-sentences.ts";

/** A client of the product that was named, in the name of whoever made the token. @throws UsageError */
export function connect({ url, token }: Pick<ImportOptions, "url" | "token">): { client: Client; address: string } {
  const address = addressOf(url ?? `http://127.0.0.1:${process.env.TOUCHSTONE_PORT ?? 3000}`);
  if (token === undefined || token === "") {
    throw new UsageError(
      "No API token was given. Make one on the page Account, and set TOUCHSTONE_TOKEN to it (or give --token).",
    );
  }
  // A header takes nothing else, and says so in words about bytes.
  if (!/^[\x21-\x7e]+$/.test(token.trim())) {
    throw new UsageError("This is no API token: it has spaces or letters that no token has. Copy it once more.");
  }
  return { address, client: createClient({ baseUrl: address, apiToken: token.trim(), routes }) };
}

function addressOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !["http:", "https:"].includes(parsed.protocol)) {
    throw new UsageError(`--url: “${url}” is no address. Give one like http://localhost:3000.`);
  }
  if (parsed.username !== "" || parsed.password !== "" || parsed.search !== "" || parsed.hash !== "") {
    throw new UsageError(
      "--url: the address has a name, a password, ? or # in it. Give one like http://localhost:3000.",
    );
  }
  return parsed.href.replace(/\/+$/, "");
}

/** What a person can do about a problem, where its own sentence does not say. */
const cures: Partial<Record<ProblemCode, string>> = {
  unauthenticated: "Make a new one on the page Account.",
  forbidden: "The token needs the role of a researcher or an admin.",
};

/** Tells a problem of the API, or that it could not be asked, in sentences. @throws UsageError */
export async function asking<T>(address: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (isUnreadable(error)) throw new UsageError("The file changed while it was being sent. Nothing was imported.");
    if (error instanceof ConnectionError) {
      throw new UsageError(`${address}: ${error.message} Is the product running there? --url says where it is.`);
    }
    if (error instanceof ApiError)
      throw new UsageError(problemSentences(error.message, error.issues, cures[error.code]));
    throw error;
  }
}

/**
 * What an import without an answer ends with: the server may have had the whole file, and have imported it before the
 * connection broke.
 *
 * @throws UsageError, or the error itself where an answer came or the file could not be read
 */
export function tellUnknownOutcome(address: string, project: string, error: unknown): never {
  if (!(error instanceof ConnectionError) || isUnreadable(error)) throw error;
  throw new UsageError(
    `${address}: ${error.message} Whether the file was imported is not known: look at the imports of “${project}” before you send it again.`,
  );
}

/** Node gives no bytes of a file that is another one than it was when it was opened; fetch hides that as a cause. */
function isUnreadable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "NotReadableError" || isUnreadable(error.cause);
}
