import { expect, it } from "vitest";
import { prettyJson } from "./pretty-json.ts";

it.each([
  ['{"a":[1,"x"]}', '{\n  "a": [\n    1,\n    "x"\n  ]\n}'],
  ['{"a":"1234567890123456789"}', '{\n  "a": "1234567890123456789"\n}'],
  // Read, this number would end in other digits.
  ['{"a":1234567890123456789}', '{"a":1234567890123456789}'],
  ['{"a":', '{"a":'],
  ["", ""],
])("sets %s over several lines, and changes nothing in it", (text, shown) => {
  expect(prettyJson(text)).toBe(shown);
});
