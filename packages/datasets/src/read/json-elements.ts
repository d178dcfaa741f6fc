import { type JsonRow, jsonRow } from "./json-rows.ts";
import { lineProblem } from "./line-problem.ts";
import { decodeUtf8, longestRow } from "./utf8.ts";

const [quote, backslash, newline] = [0x22, 0x5c, 0x0a];
const [openBrace, closeBrace, openBracket, closeBracket, comma] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c];
const isSpace = (byte: number) => byte === 0x20 || byte === newline || byte === 0x0d || byte === 0x09;

/**
 * The objects of a JSON array, or those that follow each other without one, however they are laid out over lines. The file passes
 * through: only one object is held at a time. JSON's own parser can't do that, so its brackets are followed here, and each object's
 * text is given to it.
 *
 * @param layout what the file begins as
 * @throws DomainError invalid_line naming the line where the object at fault begins
 */
export async function* readJsonElements(
  source: AsyncIterable<Uint8Array>,
  layout: "json-array" | "json-objects",
): AsyncGenerator<JsonRow> {
  const separators = new Separators(layout);
  const element = new ElementBytes();
  let line = 1;
  for await (const chunk of source) {
    let start = 0;
    for (let place = 0; place < chunk.length; place += 1) {
      const byte = chunk[place] ?? 0;
      if (element.isOpen) {
        if (element.closes(byte)) {
          element.add(chunk.subarray(start, place + 1));
          yield element.take();
        }
      } else if (byte === openBrace && separators.allowElement(line)) {
        element.open(line);
        start = place;
      } else if (!isSpace(byte)) separators.take(byte, line);
      if (byte === newline) line += 1;
    }
    if (element.isOpen) element.add(chunk.subarray(start));
  }
  if (element.isOpen) throw lineProblem(element.line, null, "jsonOpenObject");
  separators.end(line);
}

/** The bytes of the object at hand, and how deep in it the reading is. */
class ElementBytes {
  line = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  open(line: number): void {
    this.line = line;
    this.#depth = 1;
  }

  /** Takes note of the next byte, and says whether it ends the object. */
  closes(byte: number): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (this.#inString) {
      if (byte === backslash) this.#escaped = true;
      else if (byte === quote) this.#inString = false;
    } else if (byte === quote) this.#inString = true;
    else if (byte === openBrace || byte === openBracket) this.#depth += 1;
    else if (byte === closeBrace || byte === closeBracket) this.#depth -= 1;
    return this.#depth === 0;
  }

  add(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    if (this.#bytes > longestRow) {
      throw lineProblem(this.line, null, "jsonLongObject", { limit: longestRow });
    }
    this.#parts.push(bytes);
  }

  take(): JsonRow {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    return jsonRow(this.line, decodeUtf8(bytes, this.line));
  }
}

/** What may stand between objects: in an array exactly a comma, between objects that follow each other nothing. */
class Separators {
  readonly #layout: "json-array" | "json-objects";
  #place: "before" | "first" | "after-element" | "after-comma" | "closed" = "before";

  constructor(layout: "json-array" | "json-objects") {
    this.#layout = layout;
  }

  /** Says true, or throws. */
  allowElement(line: number): true {
    if (this.#layout === "json-array") {
      if (this.#place === "after-element") throw lineProblem(line, null, "jsonNoCommaBefore");
      if (this.#place === "closed") throw lineProblem(line, null, "jsonAfterArray");
      this.#place = "after-element";
    }
    return true;
  }

  take(byte: number, line: number): void {
    if (this.#layout === "json-objects") {
      throw lineProblem(line, null, byte === comma ? "jsonCommaBetween" : "jsonTextBetween");
    }
    if (this.#place === "before" && byte === openBracket) this.#place = "first";
    else if (this.#place === "after-element" && byte === comma) this.#place = "after-comma";
    else if ((this.#place === "first" || this.#place === "after-element") && byte === closeBracket)
      this.#place = "closed";
    else if (this.#place === "after-comma" && byte === closeBracket) {
      throw lineProblem(line, null, "jsonCommaAtEnd");
    } else if (this.#place === "closed") {
      throw lineProblem(line, null, "jsonAfterArray");
    } else throw lineProblem(line, null, "jsonNoObjectInArray");
  }

  end(line: number): void {
    if (this.#layout === "json-array" && this.#place !== "closed") {
      throw lineProblem(line, null, "jsonOpenArray");
    }
  }
}
