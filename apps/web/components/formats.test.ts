import { describe, expect, it } from "vitest";
import { initialsOf } from "./figures/face.tsx";
import { formatsFor } from "./formats.ts";

const en = formatsFor("en");
const zh = formatsFor("zh");

describe("formats", () => {
  it("writes numbers, shares and dates as each language does", () => {
    expect(en.number(12544)).toBe("12,544");
    expect(en.share(0.583, 1)).toBe("58.3%");
    expect(en.date("2026-11-09T12:00:00Z")).toBe("9 November 2026");
    expect(zh.date("2026-11-09T12:00:00Z")).toBe("2026年11月9日");
  });

  it("names the two largest units of a length of time and no more", () => {
    expect(en.duration(4.25)).toBe("4.3 sec");
    expect(en.duration(14)).toBe("14 sec");
    expect(en.duration(38 * 60)).toBe("38 min");
    expect(en.duration(2 * 3600 + 5 * 60)).toBe("2 hr 5 min");
    expect(zh.duration(38 * 60)).toBe("38分钟");
  });

  it("says how long ago in words", () => {
    const now = new Date("2026-11-23T12:00:00Z");
    expect(en.relative("2026-11-23T11:56:00Z", now)).toBe("4 minutes ago");
    expect(en.relative("2026-11-25T12:00:00Z", now)).toBe("in 2 days");
    expect(zh.relative("2026-11-22T12:00:00Z", now)).toBe("昨天");
  });

  it("scales bytes", () => {
    expect(en.bytes(1)).toBe("1 byte");
    expect(en.bytes(512)).toBe("512 bytes");
    expect(en.bytes(1_400_000)).toBe("1.4 MB");
  });
});

describe("initialsOf", () => {
  it("takes two initials, or the last character of a Chinese name", () => {
    expect(initialsOf("Amara Okafor")).toBe("AO");
    expect(initialsOf("王小满")).toBe("满");
    expect(initialsOf("plato")).toBe("PL");
  });
});
