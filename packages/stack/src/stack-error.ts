/** A reason why the stack cannot run that the person at the keyboard can mend; the message says how. */
export class StackError extends Error {
  override readonly name = "StackError";
}
