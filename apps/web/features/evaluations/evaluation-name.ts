/** A name as the product gives it: "X against Y", where X may be "New policy", which has no name of its own yet. */
const given = /^(.+) against (.+)$/;

type Words = (key: "against" | "candidate", values?: { candidate: string; baseline: string }) => string;

/** The product's own names in the reader's words; what a person wrote otherwise stays as it is. */
export function nameOfEvaluation(name: string, words: Words): string {
  const [, candidate, baseline] = given.exec(name) ?? [];
  if (!candidate || !baseline) return name;
  return words("against", { candidate: candidate === "New policy" ? words("candidate") : candidate, baseline });
}
