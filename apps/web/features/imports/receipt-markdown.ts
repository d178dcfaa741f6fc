import type { ReceiptFactGroup } from "./use-receipt-facts.ts";

/** What stands above the findings of a receipt, in the reader's words. */
export interface ReceiptHead {
  readonly title: string;
  /** Pairs of what it is and what is said of it. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly warnings: { readonly title: string; readonly said: readonly string[] };
}

/** A receipt as a text that people keep beside their data: the words of the page, with its headings as headings. */
export function receiptMarkdown({ title, facts, warnings }: ReceiptHead, groups: readonly ReceiptFactGroup[]): string {
  const sections = groups.map(({ title: heading, facts: found }) => [
    `## ${plain(heading)}`,
    "",
    ...found.flatMap(({ label, value, where, more }) => [
      `- **${plain(label)}**: ${plain(where === "" ? value : `${value} (${where})`)}`,
      ...more.map((one) => `  - ${plain(one)}`),
    ]),
    "",
  ]);
  const lines = [
    `# ${plain(title)}`,
    "",
    ...facts.map(([label, value]) => `- **${plain(label)}**: ${plain(value)}`),
    "",
    `## ${plain(warnings.title)}`,
    "",
    ...warnings.said.map((one) => `- ${plain(one)}`),
    "",
    ...sections.flat(),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** On one line, and with nothing in it that Markdown would take for its own: names of files and columns are anybody's. */
function plain(text: string): string {
  return text.replaceAll(/\s+/gu, " ").replaceAll(/[\\`*_{}[\]<>#|~]/gu, "\\$&");
}
