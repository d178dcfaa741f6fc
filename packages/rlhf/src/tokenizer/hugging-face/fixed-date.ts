import type { Template } from "@huggingface/jinja";

/**
 * The day that templates are told it is, whatever the clock says: with today's date in every prompt, a run that is resumed
 * after midnight, or repeated elsewhere, would be another run. It is the one that Llama 3.1's template falls back on.
 */
export const templateDate = "2024-07-26";

/** What Python's `strftime` says of 26 July 2024, a Friday, at 00:00. */
const parts: Readonly<Record<string, string>> = {
  ...{ Y: "2024", y: "24", m: "07", d: "26", b: "Jul", B: "July", a: "Fri", A: "Friday", j: "208" },
  ...{ H: "00", I: "12", M: "00", S: "00", p: "AM", "%": "%" },
};

/** `strftime_now` of chat templates on that day; a code that is not known stays as it is. */
export function fixedStrftime(format: string): string {
  return format.replace(/%([A-Za-z%])/g, (code, letter: string) => parts[letter] ?? code);
}

/** The library defines `strftime_now` by the clock and lets nobody define it again, so a template's calls are renamed. */
const clock = "strftime_now";
export const fixedClock = "strftime_on_a_fixed_day";

/** Renames every use of the clock in a parsed template. @returns whether there was one */
export function stopClock(template: Template): boolean {
  return renamed(template.parsed);
}

function renamed(node: unknown): boolean {
  if (Array.isArray(node)) return node.map(renamed).some(Boolean);
  if (node instanceof Map) return [...node].flat().map(renamed).some(Boolean);
  if (typeof node !== "object" || node === null) return false;
  if ("type" in node && node.type === "Identifier" && "value" in node && node.value === clock) {
    node.value = fixedClock;
    return true;
  }
  return Object.values(node).map(renamed).some(Boolean);
}
