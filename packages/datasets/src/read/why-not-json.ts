import type { DomainError } from "@touchstone/contracts";
import { parse as parseLossless } from "lossless-json";
import { endOfString } from "./json-structure.ts";
import { lineProblem } from "./line-problem.ts";

/**
 * Why a text is no JSON, with the cure where its cause is known. Nothing of the text is repeated, which may be long and private.
 */
export function notJson(text: string, line: number): DomainError {
  const outside = withoutStrings(text);
  const known = causes.find(({ sign }) => sign.test(outside));
  if (known) return lineProblem(line, null, known.reason);
  if (hasControl(text)) return lineProblem(line, null, "jsonControlCharacter");
  const place = faultIn(text);
  if (place === undefined || place >= text.trimEnd().length) return lineProblem(line, null, "jsonCutOff");
  return lineProblem(line, null, "jsonFromCharacter", { character: place + 1 });
}

/** Where the text stops being JSON; the engine's own parser doesn't always tell. */
function faultIn(text: string): number | undefined {
  try {
    parseLossless(text);
  } catch (error) {
    const place = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    return place === undefined ? undefined : Number(place);
  }
  return undefined;
}

type JsonFault =
  | "jsonSingleQuotes"
  | "jsonNotANumber"
  | "jsonLanguageWord"
  | "jsonCommaAfterEnd"
  | "jsonCommaBeforeBracket"
  | "jsonRowsOnOneLine"
  | "jsonComment"
  | "jsonBareName";

const causes: readonly { readonly sign: RegExp; readonly reason: JsonFault }[] = [
  {
    sign: /^\s*[[{]\s*'|[,{]\s*'/,
    reason: "jsonSingleQuotes",
  },
  {
    sign: /(?:^|[\s:,[])-?(?:NaN|Infinity)\b/,
    reason: "jsonNotANumber",
  },
  {
    sign: /[\s:,[](?:None|True|False|undefined)\b/,
    reason: "jsonLanguageWord",
  },
  { sign: /[}\]]\s*,\s*$/, reason: "jsonCommaAfterEnd" },
  { sign: /,\s*[}\]]/, reason: "jsonCommaBeforeBracket" },
  { sign: /[}\]]\s*[{[]/, reason: "jsonRowsOnOneLine" },
  { sign: /(?:^|[\s,{}[\]])\/[/*]/, reason: "jsonComment" },
  { sign: /[{,]\s*[A-Za-z_]\w*\s*:/, reason: "jsonBareName" },
];

/** The text with each string emptied: what is left are brackets, commas and words. */
function withoutStrings(text: string): string {
  let rest = "";
  let place = 0;
  while (place < text.length) {
    const start = text.indexOf('"', place);
    if (start === -1) break;
    rest += `${text.slice(place, start)}""`;
    place = endOfString(text, start) + 1;
  }
  return rest + text.slice(place);
}

function hasControl(text: string): boolean {
  for (let start = text.indexOf('"'); start !== -1; ) {
    const end = endOfString(text, start);
    for (let place = start; place < end; place += 1) if (text.charCodeAt(place) < 0x20) return true;
    start = text.indexOf('"', end + 1);
  }
  return false;
}
