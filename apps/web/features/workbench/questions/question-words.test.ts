import { questionKinds } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import en from "../../../messages/en/questions.json" with { type: "json" };
import zh from "../../../messages/zh/questions.json" with { type: "json" };
import { questionWords } from "./question-words.ts";

describe("what a task asks", () => {
  it("stands in the page's language where the project has no words of its own", () => {
    const pair = { kind: "preference", title: "" } as const;
    expect(questionWords(pair, (kind) => zh.kinds[kind])).toBe("哪个回答更好？");
    const rating = { kind: "rating", title: "" } as const;
    expect(questionWords(rating, (kind) => zh.kinds[kind])).toBe("这个回答怎么样？");
  });

  it("stays as a project put it", () => {
    const own = { kind: "preference", title: "Which reply is kinder?" } as const;
    expect(questionWords(own, (kind) => zh.kinds[kind])).toBe("Which reply is kinder?");
  });

  it("is the same on an English page and in an export", () => {
    const titles = Object.entries(questionKinds).map(([kind, { title }]) => [kind, title]);
    expect(en.kinds).toEqual(Object.fromEntries(titles));
  });
});
