import { z } from "zod";
import { Name } from "../entities/scalars.ts";

/** What somebody has to tell apart by its words: stored and shown as it is, without the blanks around it. */
const longest = 100;
export const ListedName = z
  .string()
  .trim()
  .max(longest)
  // No object has a field of this name, and answers are told by it.
  .refine((name) => name !== "__proto__", { error: "can't be a name" })
  .pipe(Name);

/** A list of names, none of them twice. */
export function namedList({ least, most }: { readonly least: number; readonly most: number }) {
  return z
    .array(ListedName)
    .min(least)
    .max(most)
    .superRefine((names, context) => {
      for (const [index, name] of names.entries()) {
        const message = `“${name}” is there already`;
        if (names.indexOf(name) < index) {
          context.addIssue({ code: "custom", path: [index], message, params: { code: "repeated" } });
        }
      }
    });
}
