import { ApiError, ConnectionError } from "@touchstone/api-client";

/**
 * A call, again with waits that double while it may help: no answer came, or the API says that it may succeed later.
 * Only for what may be said twice: whatever reads, an import with its receipt, and what carries an `idempotencyKey`,
 * which is made once, outside, so that each attempt carries the same.
 */
export async function retried<T>(call: () => Promise<T>, attempts = 4, firstWaitMs = 500): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const worthIt = error instanceof ConnectionError || (error instanceof ApiError && error.retry);
      if (!worthIt || attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, firstWaitMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)));
    }
  }
}
