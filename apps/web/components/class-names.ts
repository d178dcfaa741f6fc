/** Joins what is there, so that `className` can be passed on without spaces of absent parts. */
export function classNames(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
