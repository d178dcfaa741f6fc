import { StackError } from "@touchstone/stack";

/** What Postgres says, by SQLSTATE, where a person can mend it. */
const sentences: Readonly<Record<string, string>> = {
  "53100": "The disk that the database lies on is full. Make room there and try again.",
  "57P01": "The database was shut down meanwhile. Try again when it is up.",
  "57P02": "The database broke down meanwhile. Try again when it is up.",
};
const lostConnection = /Connection terminated|ECONNREFUSED|ECONNRESET/;

/**
 * Does the work, and tells in a sentence what a person can do about a signal, a full disk or a database that went away.
 *
 * @throws StackError, Stopped
 */
export async function tellingFaults<Result>(stop: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (stop.aborted) {
      process.stderr.write("Stopped: nothing was kept of it.\n");
      throw stop.reason;
    }
    if (!(error instanceof Error)) throw error;
    const code = "code" in error ? String(error.code) : "";
    const sentence = sentences[code];
    if (sentence !== undefined) throw new StackError(sentence);
    if (!lostConnection.test(error.message) && !lostConnection.test(code)) throw error;
    throw new StackError("The database went away meanwhile. Try again when it is up.");
  }
}
