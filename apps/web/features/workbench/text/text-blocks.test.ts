import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blocksOf } from "./text-blocks.ts";

const shown = (text: string) => blocksOf(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe("blocksOf", () => {
  it("cuts paragraphs at blank lines and keeps single line breaks", () => {
    expect(shown("One\ntwo\n\n\nthree")).toEqual([
      ["paragraph", "One\ntwo"],
      ["paragraph", "three"],
    ]);
  });

  it("sets what stands between fences as code, blank lines and all", () => {
    expect(shown("Run:\n```ts\nconst a = 1;\n\nlog(a);\n```\nDone")).toEqual([
      ["paragraph", "Run:"],
      ["code", "const a = 1;\n\nlog(a);"],
      ["paragraph", "Done"],
    ]);
  });

  it("shows the rest as code when a model forgot the closing fence", () => {
    expect(shown("```\na\nb")).toEqual([["code", "a\nb"]]);
  });

  it("never loses a visible character, whatever the text", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "中", " ", "\n", "`", "```", "ש") });
    fc.assert(
      fc.property(letters, (text) => {
        const visible = (part: string) => part.replace(/^\s*```.*$/gm, "").replace(/\s/g, "");
        const kept = blocksOf(text).map(({ start, end }) => text.slice(start, end));
        expect(visible(kept.join("\n"))).toBe(visible(text));
      }),
    );
  });
});
