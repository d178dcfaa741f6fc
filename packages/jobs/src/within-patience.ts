/** A page does not wait longer for Redis, in milliseconds. */
const patienceMs = 3_000;

/** While Redis is away a queue fails, or waits for it without an end. @param away what is answered then */
export async function withinPatience<T>(asked: Promise<T>, away: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(away()), patienceMs);
  });
  return Promise.race([asked.catch(away), late]).finally(() => clearTimeout(timer));
}
