import { Email, Join, type LinkKind, type Locale, Name, Password } from "@touchstone/contracts";
import { z } from "zod";

/** The contract's schema, and what each kind of link asks on top of it. */
export const joinSchemas = {
  "password-reset": Join.extend({ password: Password }),
  invitation: Join.extend({ name: Name, email: Email, password: Password }),
  open: Join.extend({ name: Name, email: Email, password: Password, consent: z.literal(true) }),
} satisfies Record<LinkKind, z.ZodType>;

/** What stands in the form; a field left empty is a field not given. */
export function joinValues(form: FormData, locale: Locale): Record<string, unknown> {
  const given = [...form].filter(([, value]) => value !== "");
  return { ...Object.fromEntries(given), consent: form.get("consent") === "on", locale };
}
