/**
 * A speaker's name and nothing after it yet: “Assistant:”, “答：”, “### Response:”, “<|assistant|>”, on a line of its own or,
 * as short dialogues are written, behind the end of a sentence (“问：……？答：”).
 */
const speaker =
  /(?:^|[.?!。？！])[ \t]*(?:(?:#+[ \t]*)?(?:Assistant|AI|Bot|Response|Answer|A|答|答案|回答|助手)[ \t]*[:：]|<\|assistant\|>|<\|im_start\|>assistant)$/i;
const longestSpeaker = 40;

/**
 * The beginning that two transcripts share up to where the answering speaker's name ends; null where they share none. A
 * beginning that merely happens to be the same is part of the answers.
 */
export function sharedTurns(one: string, other: string): string | null {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one[length] === other[length]) length += 1;
  return lastTurn(one.slice(0, length));
}

/** The answers may begin alike, so the last name within the shared text counts. */
function lastTurn(shared: string): string | null {
  let start = shared.lastIndexOf("\n") + 1;
  for (let end = shared.length; end > 0; end -= 1) {
    // Looked for once a line: a text without line breaks is not searched anew from each of its letters.
    if (end === start) start = shared.lastIndexOf("\n", end - 2) + 1;
    if (!/[:：>t]/i.test(shared[end - 1] ?? "")) continue;
    const isLineStart = end - start <= longestSpeaker;
    const ending = shared.slice(isLineStart ? start : end - longestSpeaker, end);
    const [name] = (isLineStart ? ending : `-${ending}`).match(speaker) ?? [];
    if (name === undefined) continue;
    return shared.slice(0, end - name.length).trim() === "" ? null : shared.slice(0, end);
  }
  return null;
}
