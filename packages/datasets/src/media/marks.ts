import { createHash } from "node:crypto";
import { type MediaRef, mostMedia } from "@touchstone/contracts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { plainName, usualNames } from "../recognise/names.ts";
import { type EmbeddedMedia, findMedia, isFileLike, type KnownMedia, type Place } from "./find-media.ts";
import { isMediaPart, mediaOfPart, textOfPart } from "./parts.ts";

/**
 * A row whose pictures and sounds stand as marks in its texts, and what the marks stand for. Formats read texts and know
 * nothing of files: so a file goes through each of them as a piece of the text that it belongs to, equal where the file is
 * equal, and `withoutMarks` takes it out of what they made.
 */
export interface MarkedRow {
  readonly row: JsonRow;
  /** By what their marks say: the SHA-256 of the content, and of the words beside it where there are some. */
  readonly media: ReadonlyMap<string, MediaRef>;
  readonly embedded: readonly EmbeddedMedia[];
}

/** Of private use, so that no text of a language has it; only marks of the row itself are taken for marks. */
const markOf = (said: string): string => `\uE000${said}\uE001`;
const saidOf = ({ sha256, alt }: MediaRef): string =>
  alt === undefined ? sha256 : `${sha256}.${createHash("sha256").update(alt).digest("hex")}`;
/** With the line end that sets it apart from its text. */
const marks = /\n?\uE000([0-9a-f.]{64,129})\uE001/g;

/**
 * Rows name files in four ways: by parts of a chat's content (`image_url`, `input_audio` and the like), by `media` beside
 * the content of a turn or the text of an answer, by `media` of the row, which is the prompt's, and by `NAME_media` beside a
 * column NAME.
 *
 * @param prompt the column that is the prompt, where a mapping says so.
 * @throws DomainError invalid_line, at the first file that is not there or not taken.
 */
export function withMarks(row: JsonRow, known: KnownMedia, prompt?: string): MarkedRow {
  const marker = new Marker(row.line, known);
  const value = marker.row(row.value, prompt);
  return { row: value === row.value ? row : { line: row.line, value }, media: marker.media, embedded: marker.embedded };
}

/** What of a text is text, and the files that it is marked with, in their order. */
export function withoutMarks(text: string, media: ReadonlyMap<string, MediaRef>): { text: string; media: MediaRef[] } {
  if (media.size === 0 || !text.includes("\uE000")) return { text, media: [] };
  const found: MediaRef[] = [];
  const plain = text.replace(marks, (mark, said: string) => {
    const ref = media.get(said);
    if (ref === undefined) return mark;
    found.push(ref);
    return "";
  });
  return { text: plain, media: found };
}

/** A row with the names of files in the place of their marks. */
export function wordsIn(value: JsonRow["value"], media: ReadonlyMap<string, MediaRef>): JsonRow["value"] {
  const said = (inside: unknown): unknown => {
    if (typeof inside === "string") return namedMarks(inside, media);
    if (Array.isArray(inside)) return inside.map(said);
    return isObject(inside) ? wordsIn(inside, media) : inside;
  };
  return Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, said(inside)]));
}

function namedMarks(text: string, media: ReadonlyMap<string, MediaRef>): string {
  return text.replace(marks, (mark, said: string) => {
    const ref = media.get(said);
    return ref === undefined ? mark : ` [${ref.name}]`;
  });
}

type Fields = Readonly<Record<string, unknown>>;

class Marker {
  readonly media = new Map<string, MediaRef>();
  readonly embedded: EmbeddedMedia[] = [];
  readonly #line: number;
  readonly #known: KnownMedia;

  constructor(line: number, known: KnownMedia) {
    this.#line = line;
    this.#known = known;
  }

  row(value: Fields, prompt: string | undefined): Fields {
    const marked = this.#fields(value, "");
    const files = marked.media;
    if (!isFileLike(files, this.#known)) return marked;
    const column = prompt !== undefined && prompt in marked ? prompt : promptColumn(marked);
    // A column of this name that is nobody's prompt's is left to the receipt, which says that nothing is taken from it.
    if (column === undefined) return marked;
    const { media: _media, ...others } = marked;
    const text = this.#marks(files, "media");
    return { ...others, [column]: asPrompt(marked[column], text) };
  }

  /** The same object where there is no file in it. */
  #fields(fields: Fields, path: string): Fields {
    const changed: Record<string, unknown> = {};
    const taken: string[] = [];
    for (const [name, value] of Object.entries(fields)) {
      const at = path === "" ? name : `${path}.${name}`;
      const base = name.endsWith("_media") ? name.slice(0, -"_media".length) : null;
      const isBeside = base !== null && base in fields && (isText(fields[base]) || fields[base] === null);
      if (isBeside && isFileLike(value, this.#known)) {
        changed[base] = joined(fields[base], this.#marks(value, at));
        taken.push(name);
      } else if (typeof value === "object" && value !== null) {
        const inside = this.#value(value, at);
        if (inside !== value) changed[name] = inside;
      }
    }
    const own = path === "" ? undefined : textName(fields);
    if (own !== undefined && isFileLike(fields.media, this.#known)) {
      changed[own] = joined(changed[own] ?? fields[own], this.#marks(fields.media, `${path}.media`));
      taken.push("media");
    }
    if (taken.length === 0 && Object.keys(changed).length === 0) return fields;
    const left = Object.entries({ ...fields, ...changed }).filter(([name]) => !taken.includes(name));
    return Object.fromEntries(left);
  }

  #value(value: object, path: string): unknown {
    if (Array.isArray(value)) {
      if (value.some(isMediaPart)) return this.#parts(value, path);
      const inside = value.map((entry: unknown, index) =>
        typeof entry === "object" && entry !== null ? this.#value(entry, `${path}.${index}`) : entry,
      );
      return inside.some((entry, index) => entry !== value[index]) ? inside : value;
    }
    return isObject(value) ? this.#fields(value, path) : value;
  }

  /** Parts of a chat: their texts, and then their files. */
  #parts(parts: readonly unknown[], path: string): string {
    const texts = parts.flatMap((part) => (isMediaPart(part) ? [] : [textOfPart(part)]));
    const other = texts.indexOf(null);
    if (other >= 0) throw lineProblem(this.#line, path, "notText", { kind: "object" });
    const files = parts.filter(isMediaPart);
    this.#assertFew(files.length, path);
    const files_ = parts.flatMap((part, index) =>
      isMediaPart(part) ? [this.#mark(mediaOfPart(part), { line: this.#line, path: `${path}.${index}` })] : [],
    );
    return joined(texts.join("\n\n"), files_.join(""));
  }

  #marks(given: unknown, path: string): string {
    const entries: unknown[] = Array.isArray(given) ? given : [given];
    this.#assertFew(entries.length, path);
    return entries
      .map((entry, index) =>
        this.#mark(entry, { line: this.#line, path: Array.isArray(given) ? `${path}.${index}` : path }),
      )
      .join("");
  }

  #mark(entry: unknown, at: Place): string {
    const found = findMedia(entry, this.#known, at);
    const ref = "ref" in found ? found.ref : found;
    if ("ref" in found) this.embedded.push(found);
    const said = saidOf(ref);
    this.media.set(said, ref);
    return markOf(said);
  }

  #assertFew(count: number, path: string): void {
    if (count > mostMedia) throw lineProblem(this.#line, path, "mediaTooManyHere", { count, limit: mostMedia });
  }
}

const isText = (value: unknown): value is string => typeof value === "string";

/** A text with marks behind it. */
function joined(text: unknown, marked: string): string {
  return isText(text) && text !== "" ? `${text}\n${marked}` : marked;
}

/** Where a turn or an answer of a list has its text; undefined for an object that is neither. */
function textName(fields: Fields): string | undefined {
  const named = ["content", "value", "text"].find((name) => isText(fields[name]) || fields[name] === null);
  if (named !== undefined) return named;
  return typeof (fields.role ?? fields.from) === "string" ? "content" : "text";
}

function promptColumn(fields: Fields): string | undefined {
  const columns = Object.keys(fields).filter((name) => isText(fields[name]) || Array.isArray(fields[name]));
  const names: readonly string[] = usualNames.prompt;
  const [first] = columns
    .filter((name) => names.includes(plainName(name)))
    .sort((one, other) => names.indexOf(plainName(one)) - names.indexOf(plainName(other)));
  return first;
}

/** The prompt of a row with its files: behind its text, or behind its last turn. */
function asPrompt(prompt: unknown, marked: string): unknown {
  if (!Array.isArray(prompt)) return joined(prompt, marked);
  const last: unknown = prompt.at(-1);
  if (!isObject(last)) return prompt;
  const name = textName(last) ?? "content";
  return [...prompt.slice(0, -1), { ...last, [name]: joined(last[name], marked) }];
}
