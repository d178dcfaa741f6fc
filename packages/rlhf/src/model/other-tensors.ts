import { reasoned } from "../training-error.ts";

/** Names that are listed of tensors that are missing or have no place: enough to see of what kind they are. */
const mostNamed = 3;

/** @throws TrainingError naming tensors that are missing and those that there is no place for */
export function refuseOtherTensors(file: string, present: readonly string[], expected: readonly string[]): void {
  const [known, there] = [new Set(expected), new Set(present)];
  const missing = expected.filter((name) => !there.has(name));
  const further = present.filter((name) => !known.has(name));
  const found = { file, missing: listed(missing), further: listed(further) };
  if (missing.length > 0 && further.length > 0) throw reasoned("tensorsOther", found);
  if (missing.length > 0) throw reasoned("tensorsMissing", found);
  if (further.length > 0) throw reasoned("tensorsFurther", found);
}

/** The first few, and how many more there are, without a word that would need translating. */
export function listed(names: readonly string[]): string {
  const more = names.length > mostNamed ? `, … (+${names.length - mostNamed})` : "";
  return `${names.slice(0, mostNamed).join(", ")}${more}`;
}
