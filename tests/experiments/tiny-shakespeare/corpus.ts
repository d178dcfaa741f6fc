import { readFile } from "node:fs/promises";
import { referenceFile } from "../../harness/reference-data.ts";

/** Some of Shakespeare's plays (github.com/karpathy/char-rnn): the first nine tenths to learn from, the rest to measure on. */
export async function readTinyShakespeare(): Promise<{ train: string; heldOut: string }> {
  const text = await readFile(referenceFile("corpora/tinyshakespeare.txt"), "utf8");
  const end = Math.floor(0.9 * text.length);
  return { train: text.slice(0, end), heldOut: text.slice(end) };
}
