import type { MediaRef, Message } from "@touchstone/contracts";
import type { ImportRow } from "../import-row.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import type { KnownMedia } from "./find-media.ts";
import { type MarkedRow, withMarks, withoutMarks } from "./marks.ts";

/**
 * Reads a row with the pictures and sounds that it names or holds: formats meet marks in their place (`withMarks`), and what
 * they make of the row gets its files here. A text that is nothing but the name of a file of the project is that file.
 *
 * @param prompt the column that is the prompt, where a mapping says so.
 */
export function readWithMedia(
  read: (row: JsonRow) => ImportRow,
  known: KnownMedia,
  prompt?: string,
): (row: JsonRow) => ImportRow {
  return (given) => {
    const marked = withMarks(given, known, prompt);
    const row = read({ ...given, ...marked.row });
    assertInPlace(row, marked);
    const { embedded } = marked;
    return {
      ...row,
      prompt: row.prompt.map((message) => messageOf(message, marked, known)),
      completions: row.completions.map((completion) => {
        const { text, media } = filesOf(completion.text, marked, known);
        // Nothing but files: there is no text that anybody could read, and none that is empty.
        return media.length === 0 ? completion : { ...completion, text: text === "" ? null : text, media };
      }),
      ...(embedded.length > 0 ? { embedded } : {}),
    };
  };
}

function messageOf(message: Message, marked: MarkedRow, known: KnownMedia): Message {
  const { text, media } = filesOf(message.content, marked, known);
  return media.length === 0 ? message : { ...message, content: text ?? "", media };
}

function filesOf(
  text: string | null,
  { media }: MarkedRow,
  known: KnownMedia,
): { text: string | null; media: MediaRef[] } {
  if (text === null) return { text, media: [] };
  const named = known.named(text);
  return named ? { text: "", media: [named] } : withoutMarks(text, media);
}

/** @throws DomainError invalid_line where a file stands beside what is no turn and no answer. */
function assertInPlace({ line, sourceText, gold }: ImportRow, { media }: MarkedRow): void {
  if (media.size === 0) return;
  for (const [field, text] of [["source_text", sourceText] as const, ["gold", gold] as const]) {
    if (text !== null && withoutMarks(text, media).media.length > 0) throw lineProblem(line, field, "mediaMisplaced");
  }
}
