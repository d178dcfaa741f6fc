import { describe, expect, it } from "vitest";
import { receiptMarkdown } from "./receipt-markdown.ts";

describe("a receipt as Markdown", () => {
  it("says what the page says, and takes no name of a file or a column for Markdown", () => {
    const text = receiptMarkdown(
      {
        title: "Receipt: my_[votes]*.jsonl",
        facts: [["Columns", "a|b (vote)"]],
        warnings: { title: "Before", said: ["<b> is not imported.\n# no heading"] },
      },
      [{ title: "Repeated", facts: [{ label: "Rows", value: "2", where: "line 3 and 4", more: ["of all rows"] }] }],
    );
    expect(text).toBe(
      [
        "# Receipt: my\\_\\[votes\\]\\*.jsonl",
        "",
        "- **Columns**: a\\|b (vote)",
        "",
        "## Before",
        "",
        "- \\<b\\> is not imported. \\# no heading",
        "",
        "## Repeated",
        "",
        "- **Rows**: 2 (line 3 and 4)",
        "  - of all rows",
        "",
      ].join("\n"),
    );
  });
});
