/** Something that the person at the keyboard can put right; the message says how. Told without a stack. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
