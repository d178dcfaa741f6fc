import { DomainError } from "@touchstone/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "./json.ts";

function codeOf(text: string): string {
  try {
    parseJson(Buffer.from(text));
    return "accepted";
  } catch (error) {
    return error instanceof DomainError ? error.code : "another error";
  }
}

/** Any character but NUL and the surrogates. */
const codePoint = fc.oneof(fc.integer({ min: 1, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }));

describe("parseJson", () => {
  it("reads what JSON.stringify writes, for any well-formed text without NUL", () => {
    fc.assert(
      fc.property(fc.array(codePoint, { maxLength: 20 }), (points) => {
        const text = String.fromCodePoint(...points);
        expect(parseJson(Buffer.from(JSON.stringify([text])))).toEqual([text]);
      }),
    );
  });

  it("refuses half a surrogate pair, and takes a whole one, however it is written", () => {
    expect(codeOf('["\\ud83d"]')).toBe("unstorable_text");
    expect(codeOf('["\\ud83d\\ude00"]')).toBe("accepted");
    expect(codeOf('{"\\u0000": 1}')).toBe("unstorable_text");
  });

  it("refuses a __proto__ key at any depth and takes the word as a value", () => {
    expect(codeOf('[{"a": {"\\u005f\\u005fproto__": {}}}]')).toBe("invalid_request");
    expect(codeOf('["__proto__"]')).toBe("accepted");
  });

  it("refuses what is deep or has many values before a parser walks through it", () => {
    const escaped = '{"x":"\\u0041","y":';
    const deep = (depth: number) => `${escaped}${"[".repeat(depth)}1${"]".repeat(depth)}}`;
    expect(codeOf(deep(31))).toBe("accepted");
    expect(codeOf(deep(32))).toBe("invalid_request");
    expect(codeOf(deep(400_000))).toBe("invalid_request");
    expect(codeOf(`[${"1,".repeat(19_997)}1]`)).toBe("accepted");
    expect(codeOf(`[${"1,".repeat(500_000)}1]`)).toBe("invalid_request");
    // Brackets, commas and escaped quotes in a text are text.
    expect(codeOf(JSON.stringify({ text: '[{"\\,'.repeat(50_000) }))).toBe("accepted");
    expect(codeOf('["\\\\", "\\"]')).toBe("malformed_json");
  });
});
