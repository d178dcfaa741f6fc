import { z } from "zod";

export const Id = z.uuid();
/** ISO 8601 with offset; the database's clock, never the client's. */
export const Timestamp = z.iso.datetime({ offset: true });
export const Locale = z.enum(["en", "zh"]);
export type Locale = z.infer<typeof Locale>;

/** Text that people or files bring in. Postgres can store neither NUL nor lone surrogates, so they are refused by name. */
export function text(maximum: number, minimum = 0) {
  return z
    .string()
    .min(minimum)
    .max(maximum)
    .refine((value) => !value.includes("\0"), {
      error: "contains a NUL character",
      params: { code: "unstorable_text" },
    })
    .refine((value) => value.isWellFormed(), {
      error: "contains a lone surrogate",
      params: { code: "unstorable_text" },
    });
}

/** Something to call a thing or a person by: at least one character of it can be seen. */
// An empty one is too short already, and is said once.
export const Name = text(120, 1).refine((value) => value === "" || /[^\s\p{Z}\p{Cc}\p{Cf}]/u.test(value), {
  error: "has no visible character",
  params: { code: "blank" },
});

/** Keyset pages: `cursor` is the `next` of the page before; `next` is null on the last page. */
export const PageQuery = z.strictObject({
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** An estimate never travels without its interval (95 % unless said otherwise). */
export const Estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof Estimate>;
