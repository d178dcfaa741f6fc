import { isContention, isUniqueViolation } from "../faults.ts";

/** Two attempts settle a race for a key or a ring of waits; the third is for a ring with a third party in it. */
const attempts = 3;

/**
 * Runs one of the statements of assignment again when it lost a race inside Postgres. It had then changed nothing, and
 * on the next attempt it sees what the winner has done.
 */
export async function again<T>(statement: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await statement();
    } catch (error) {
      if (attempt === attempts || !(isUniqueViolation(error) || isContention(error))) throw error;
    }
  }
}
