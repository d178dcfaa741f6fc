/** A line that is a speaker's name and nothing else yet: “Assistant:”, “答：”, “### Response:”, “<|assistant|>”. */
const speaker =
  /^[ \t]*(?:(?:#+[ \t]*)?(?:Assistant|AI|Bot|Response|Answer|A|答|答案|回答|助手)[ \t]*[:：]|<\|assistant\|>|<\|im_start\|>assistant)$/i;
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
  for (let end = shared.length; end > 0; end -= 1) {
    if (!/[:：>t]/i.test(shared[end - 1] ?? "")) continue;
    const start = shared.lastIndexOf("\n", end - 1) + 1;
    if (end - start > longestSpeaker || !speaker.test(shared.slice(start, end))) continue;
    return shared.slice(0, start).trim() === "" ? null : shared.slice(0, end);
  }
  return null;
}
