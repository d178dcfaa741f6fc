import { contractOf, isQuestionKind, questionKinds } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { en } from "../../../messages/en.ts";
import { zh } from "../../../messages/zh.ts";
import { blankRow, fieldsOfSchema, type SettingField, settingFields } from "./setting-fields.ts";

const kinds = Object.keys(questionKinds).filter(isQuestionKind);

/** A field and what stands below it, each by its name. */
function withNested(fields: readonly SettingField[]): string[] {
  return fields.flatMap(({ name, shape }) => [name, ...("fields" in shape ? withNested(shape.fields) : [])]);
}

describe("the form of a kind's settings", () => {
  it("is told by the contract of the kind", () => {
    expect(settingFields("preference")).toEqual([
      { name: "steps", shape: { form: "choice", options: [2, 3, 4, 5, 6, 7], nullable: false } },
      { name: "bothBad", shape: { form: "checkbox" } },
    ]);
    expect(settingFields("ranking")[1]).toEqual({
      name: "top",
      shape: { form: "number", least: 1, most: 8, nullable: true },
    });
    expect(settingFields("rating")).toEqual([]);
  });

  it("has a field for what another kind may come with, and JSON for the rest", () => {
    const Settings = z.strictObject({
      options: z.array(z.strictObject({ name: z.string(), label: z.string().default("") })).default([]),
      mode: z.enum(["one", "several"]).default("one"),
      words: z.array(z.string()).default([]),
      unit: z.string().nullable().default(null),
      step: z.number().int().default(1),
      scale: z.strictObject({ least: z.number(), open: z.boolean() }).default({ least: 0, open: true }),
      sort: z
        .discriminatedUnion("by", [z.object({ by: z.literal("a") }), z.object({ by: z.literal("b"), n: z.number() })])
        .default({ by: "a" }),
    });
    const text = { form: "text", nullable: false } as const;
    const pair = [
      { name: "name", shape: text },
      { name: "label", shape: text },
    ];
    const fields = fieldsOfSchema(Settings);
    expect(fields.map(({ shape }) => shape)).toEqual([
      { form: "rows", fields: pair },
      { form: "choice", options: ["one", "several"], nullable: false },
      { form: "lines" },
      { form: "text", nullable: true },
      { form: "number", nullable: false },
      {
        form: "group",
        fields: [
          { name: "least", shape: { form: "number", nullable: false } },
          { name: "open", shape: { form: "checkbox" } },
        ],
      },
      { form: "json" },
    ]);
    expect(blankRow(fields)).toEqual({
      options: [],
      mode: "one",
      words: [],
      unit: null,
      step: null,
      scale: { least: null, open: false },
      sort: null,
    });
  });

  it.each(kinds)("has a label for every setting of %s, in both languages", (kind) => {
    const names = [...new Set(withNested(settingFields(kind)))].sort();
    for (const { questionnaires } of [en, zh]) expect(Object.keys(questionnaires.settings[kind]).sort()).toEqual(names);
  });

  it.each(kinds)(
    "of %s starts with settings that are ready to be asked, or with those empty that must be chosen",
    (kind) => {
      const { settings, blank } = contractOf(kind);
      const faults = settings.safeParse(blank ?? {}).error?.issues.map(({ path }) => path[0]) ?? [];
      const lists = settingFields(kind).flatMap(({ name, shape }) => (shape.form === "lines" ? [name] : []));
      expect(faults).toEqual(blank ? lists : []);
    },
  );
});
