const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs one step and tells of it on one line of standard error: what begins, then how long it took. */
export async function step(title, action) {
  const startedAt = Date.now();
  process.stderr.write(`${title} … `);
  try {
    const result = await action();
    process.stderr.write(`${seconds(startedAt)}\n`);
    return result;
  } catch (error) {
    process.stderr.write(`failed after ${seconds(startedAt)}\n`);
    throw error;
  }
}

/** The same for a step that runs beside others, whose line is written when it is done. */
export async function stepBeside(title, action) {
  const startedAt = Date.now();
  let end = "failed after ";
  try {
    const result = await action();
    end = "";
    return result;
  } finally {
    process.stderr.write(`${title} … ${end}${seconds(startedAt)}\n`);
  }
}

/** A failure with words meant for people; anything else is a fault of ours and shows its stack. */
export class SetupError extends Error {}

export function tellFailure(error) {
  const told = error instanceof SetupError || error?.name === "StackError";
  process.stderr.write(`\n${told ? error.message : (error?.stack ?? error)}\n`);
}
