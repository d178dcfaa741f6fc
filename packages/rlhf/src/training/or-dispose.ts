/** Frees what was opened for a piece of work if the work fails, a cancel included; if it succeeds, the caller goes on with both. */
export async function orDispose<T>(resource: { dispose(): void }, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    resource.dispose();
    throw error;
  }
}
