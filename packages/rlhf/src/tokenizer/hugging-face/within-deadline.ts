import vm from "node:vm";

/** Seconds for one text: those in use take milliseconds. */
export const deadlineSeconds = 5;

/** Thrown in the place of a result that did not come in time. */
export class TooSlowError extends Error {
  override readonly name = "TooSlowError";
}

const call = new vm.Script("work()");

/**
 * Calls what runs rules of somebody else's: a regular expression that goes back without end, or a loop of a template. The
 * engine breaks it off at the deadline, wherever it is, so that signals are heard again and the files can be refused.
 *
 * @throws TooSlowError, and whatever the work throws.
 */
export function withinDeadline<T>(work: () => T): T {
  const results: T[] = [];
  const context = vm.createContext({ work: () => void results.push(work()) });
  try {
    call.runInContext(context, { timeout: deadlineSeconds * 1000 });
  } catch (error) {
    if (isLate(error)) {
      throw new TooSlowError(`took more than ${deadlineSeconds} seconds`);
    }
    throw error;
  }
  for (const result of results) return result;
  throw new TooSlowError("gave no result");
}

/** The engine's own error is one of the context's realm, and no `Error` of this one. */
function isLate(error: unknown): boolean {
  return typeof error === "object" && error !== null && Reflect.get(error, "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
