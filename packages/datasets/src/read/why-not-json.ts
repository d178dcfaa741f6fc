import { parse as parseLossless } from "lossless-json";
import { endOfString } from "./json-structure.ts";

/**
 * Why a text is no JSON, with the cure where its cause is known. Nothing of the text is repeated, which may be long and private.
 */
export function whyNotJson(text: string): string {
  const outside = withoutStrings(text);
  const known = causes.find(({ sign }) => sign.test(outside));
  if (known) return `is not valid JSON: ${known.says}`;
  if (hasControl(text)) {
    return "is not valid JSON: a tab or another control character stands within a text. Write it as \\t or \\n.";
  }
  const place = faultIn(text);
  if (place === undefined || place >= text.trimEnd().length) {
    return "is not valid JSON: it breaks off before its end. Is the file cut off, or is one row spread over several lines?";
  }
  return `is not valid JSON, from its character ${place + 1} on.`;
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

const causes: readonly { readonly sign: RegExp; readonly says: string }[] = [
  {
    sign: /^\s*[[{]\s*'|[,{]\s*'/,
    says: "it has single quotes, as Python prints them. Write the file with json.dumps, or put names and texts in double quotes.",
  },
  {
    sign: /(?:^|[\s:,[])-?(?:NaN|Infinity)\b/,
    says: "it holds NaN or Infinity, which JSON doesn't know. Write null in its place, or leave the column out.",
  },
  {
    sign: /[\s:,[](?:None|True|False|undefined)\b/,
    says: "it holds a word of a programming language. Write null, true or false.",
  },
  { sign: /[}\]]\s*,\s*$/, says: "a comma follows its end. In JSON Lines nothing stands between the rows; remove it." },
  { sign: /,\s*[}\]]/, says: "a comma stands before a closing bracket. Remove it." },
  { sign: /[}\]]\s*[{[]/, says: "several rows stand on one line. Put each on a line of its own." },
  { sign: /(?:^|[\s,{}[\]])\/[/*]/, says: "it holds a comment, which JSON doesn't know. Remove it." },
  { sign: /[{,]\s*[A-Za-z_]\w*\s*:/, says: "a name stands without quotes. Put names in double quotes." },
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
