import type { Message } from "@touchstone/contracts";
import { contentId, type TrainingRow } from "../training/training-row.ts";

/** The prompt's turns; a text to pretrain on has none. */
export function promptOfRow(row: TrainingRow): readonly Message[] {
  return row.kind === "text" ? [] : row.prompt;
}

/** What was written in answer, or the text itself. */
export function answersOfRow(row: TrainingRow): readonly string[] {
  switch (row.kind) {
    case "comparison":
      return [row.a.text, row.b.text];
    case "rating":
      return [row.completion.text];
    case "ranking":
      return row.groups.flat().map(({ text }) => text);
    case "prompt":
      return [];
    default:
      return [row.text];
  }
}

/** The prompt as one text, a blank line between turns. */
export function promptText(row: TrainingRow): string {
  return promptOfRow(row)
    .map(({ content }) => content)
    .join("\n\n");
}

/** The same row with each of its texts rewritten; the row itself where none changed. */
export function mapTexts(row: TrainingRow, rewrite: (text: string) => string): TrainingRow {
  if (row.kind === "text") {
    const text = rewrite(row.text);
    return text === row.text ? row : { ...row, text };
  }
  const asked = withPrompt(
    row,
    row.prompt.map((message) => ({ ...message, content: rewrite(message.content) })),
  );
  switch (asked.kind) {
    case "comparison": {
      const [a, b] = [rewrite(asked.a.text), rewrite(asked.b.text)];
      if (a === asked.a.text && b === asked.b.text) return asked;
      return { ...asked, a: { ...asked.a, text: a }, b: { ...asked.b, text: b } };
    }
    case "rating": {
      const text = rewrite(asked.completion.text);
      return text === asked.completion.text ? asked : { ...asked, completion: { ...asked.completion, text } };
    }
    case "ranking": {
      const groups = asked.groups.map((group) => group.map((one) => ({ ...one, text: rewrite(one.text) })));
      const before = asked.groups.flat();
      return groups.flat().every(({ text }, index) => text === before[index]?.text) ? asked : { ...asked, groups };
    }
    case "prompt":
      return asked;
    default: {
      const text = rewrite(asked.text);
      return text === asked.text ? asked : { ...asked, text };
    }
  }
}

/** The same row under another prompt. A name that was made of the prompt's content is made anew; one that was given stays. */
export function withPrompt<Row extends Exclude<TrainingRow, { kind: "text" }>>(row: Row, prompt: Message[]): Row {
  const same = prompt.every(({ content }, index) => content === row.prompt[index]?.content);
  if (same && prompt.length === row.prompt.length) return row;
  const promptId = row.promptId === contentId(row.prompt) ? contentId(prompt) : row.promptId;
  return { ...row, prompt, promptId };
}
