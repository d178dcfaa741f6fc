import { expect, test } from "vitest";
import { problemSentences } from "./problem-sentences.ts";

const missing = { path: "lines.2.rejected", message: "is missing." };

test("a line at fault is named once", () => {
  expect(problemSentences("Line 2, rejected: is missing.", [missing])).toBe("Line 2, rejected: is missing.");
  const json = { path: "lines.2", message: "is not valid JSON, from its character 3 on." };
  expect(problemSentences(`Line 2: ${json.message}`, [json])).toBe(`Line 2: ${json.message}`);
});

test("so are the file as a whole, a field of the mapping and a part of the request", () => {
  const whole = { path: "lines.1", message: "The file has no rows." };
  expect(problemSentences(whole.message, [whole])).toBe(whole.message);
  const mapping = { path: "mapping.prompt", message: "Say which column holds the prompt." };
  expect(problemSentences(`Line 4: ${mapping.message}`, [mapping])).toBe(`Line 4: ${mapping.message}`);
  const limit = { path: "query.limit", message: "Use 200 or less." };
  expect(problemSentences("query.limit: Use 200 or less.", [limit])).toBe("query.limit: Use 200 or less.");
});

test("further faults follow, each by the words for its line, also where they say the same", () => {
  const again = { ...missing, path: "lines.5.rejected" };
  expect(problemSentences("Line 2, rejected: is missing.", [missing, again], "Mend it.")).toBe(
    "Line 2, rejected: is missing. Mend it.\n  Line 5, rejected: is missing.",
  );
  expect(problemSentences("Some settings are not valid.", [{ path: "spec.epochs", message: "Use 1 or more." }])).toBe(
    "Some settings are not valid.\n  spec.epochs: Use 1 or more.",
  );
});
