const units: Readonly<Record<string, number>> = { "": 1, k: 1_000, M: 1_000_000 };

/**
 * A number of things as people write it: 250, 250k or 10M.
 *
 * @throws RangeError naming the option that it was given for
 */
export function countOf(option: string, text: string): number {
  const [, digits = "", unit = ""] = /^([1-9]\d*)([kM]?)$/.exec(text) ?? [];
  const count = Number(digits) * (units[unit] ?? 0);
  if (count > 0) return count;
  throw new RangeError(`${option} is a whole number such as 250, 250k or 10M.`);
}
