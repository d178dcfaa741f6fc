import { z } from "zod";
import { text } from "./entities/scalars.ts";

type Case = readonly [schema: z.ZodType, value: unknown];

/** For each of zod's issue codes, values that are refused by it: a code that zod adds is missing here, and types say so. */
const cases: Record<z.core.$ZodIssueCode, readonly Case[]> = {
  invalid_type: [
    [z.coerce.number(), "NaN"],
    [z.number(), Number.NaN],
    [z.number(), Number.POSITIVE_INFINITY],
    [z.coerce.number(), "-Infinity"],
    [z.number(), "7"],
    [z.number().int(), 1.5],
    [z.string(), 7],
    [z.boolean(), "yes"],
    [z.array(z.string()), {}],
    [z.object({}), []],
    [z.record(z.string(), z.string()), 1],
    [z.tuple([z.string()]), 1],
    [z.set(z.string()), 1],
    [z.map(z.string(), z.string()), 1],
    [z.date(), "x"],
    [z.bigint(), "x"],
    [z.null(), 1],
    [z.never(), 1],
    [z.undefined(), 1],
    [z.nan(), 1],
    [z.string(), undefined],
    [z.object({ a: z.string() }), {}],
  ],
  invalid_value: [
    [z.enum(["one", "two"]), "three"],
    [z.literal("one"), "two"],
    [z.literal([1, null]), 2],
  ],
  too_small: [
    [z.number().min(3), 1],
    [z.number().positive(), 0],
    [z.string().min(1), ""],
    [z.string().min(12), "short"],
    [z.array(z.number()).min(2), [1]],
    [z.array(z.number()).length(2), [1]],
    [z.set(z.number()).min(1), new Set()],
    [z.number().int(), -1e20],
  ],
  too_big: [
    [z.coerce.number().max(8_760), "1e9"],
    [z.number().negative(), 1],
    [z.string().max(2), "long"],
    [z.array(z.number()).max(1), [1, 2]],
    [z.number().int(), 1e20],
  ],
  not_multiple_of: [[z.number().multipleOf(0.5), 0.3]],
  invalid_format: [
    [z.email(), "ada@"],
    [z.uuid(), "x"],
    [z.url(), "x"],
    [z.iso.datetime(), "x"],
    [z.iso.date(), "x"],
    [z.string().regex(/^a/), "b"],
    [z.string().startsWith("a"), "b"],
    [z.string().endsWith("a"), "b"],
    [z.string().includes("a"), "b"],
    [z.jwt(), "x"],
    [z.base64(), "?"],
  ],
  unrecognized_keys: [[z.strictObject({ a: z.number() }), { a: 1, b: 2, c: 3 }]],
  invalid_union: [
    [z.union([z.number(), z.boolean()]), "x"],
    [
      z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b") })]),
      { kind: "c" },
    ],
    [z.union([z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b") })]), { kind: "c" }],
    [z.xor([z.number(), z.coerce.number()]), 1],
  ],
  invalid_key: [
    [z.record(z.string().max(2), z.number()), { long: 1 }],
    [z.map(z.object({}), z.number()), new Map([[[], 1]])],
  ],
  invalid_element: [[z.map(z.object({}), z.number()), new Map([[{}, "x"]])]],
  custom: [
    [z.string().refine(() => false), "x"],
    [text(9), "a\0b"],
  ],
};

/** What zod says of each of those. */
export const zodIssues = Object.entries(cases).flatMap(([code, refused]) =>
  refused.map(([schema, value], at) => {
    const { error } = schema.safeParse(value, { reportInput: true });
    const issue = error?.issues[0];
    if (issue?.code !== code) throw new Error(`Case ${at} of ${code} is refused by ${issue?.code}.`);
    return [`${code} ${at}: ${issue.message}`, issue] as const;
  }),
);
