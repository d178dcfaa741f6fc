import { type MediaRef, mostMedia } from "@touchstone/contracts";
import type { ImportRow } from "../import-row.ts";
import { valueAt } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { type EmbeddedMedia, findMedia, type KnownMedia } from "./find-media.ts";

/**
 * Reads a row, and puts the pictures and sounds of these columns behind the last turn of its prompt. A file that stands there
 * already stays once.
 *
 * @throws DomainError invalid_line at a name under which the project has no file.
 */
export function withMediaColumns(
  read: (row: JsonRow) => ImportRow,
  known: KnownMedia,
  columns: readonly string[],
): (row: JsonRow) => ImportRow {
  return (given) => {
    const row = read(given);
    const found = columns.flatMap((path) => filesAt(given, path, known));
    const refs = found.map((file): MediaRef => ("ref" in file ? file.ref : file));
    const last = row.prompt.at(-1);
    if (last === undefined || refs.length === 0) return row;
    const shown = last.media ?? [];
    const media = [...shown, ...refs.filter(({ sha256 }) => !shown.some((one) => one.sha256 === sha256))];
    if (media.length > mostMedia) {
      throw lineProblem(row.line, columns[0] ?? null, "mediaTooManyHere", { count: media.length, limit: mostMedia });
    }
    const own = found.flatMap((file): EmbeddedMedia[] => ("ref" in file ? [file] : []));
    const embedded = [...(row.embedded ?? []), ...own];
    return {
      ...row,
      prompt: [...row.prompt.slice(0, -1), { ...last, media }],
      ...(embedded.length > 0 ? { embedded } : {}),
    };
  };
}

function filesAt({ line, value }: JsonRow, path: string, known: KnownMedia): (MediaRef | EmbeddedMedia)[] {
  const raw = valueAt(value, path);
  if (raw === undefined || raw === null || raw === "") return [];
  if (!Array.isArray(raw)) return [findMedia(raw, known, { line, path })];
  return raw.map((entry: unknown, index) => findMedia(entry, known, { line, path: `${path}.${index}` }));
}
