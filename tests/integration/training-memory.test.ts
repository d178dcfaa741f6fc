import { seededRandom } from "@touchstone/engine";
import { expect, it } from "vitest";
import { commandFolder } from "../harness/rlhf-command.ts";

/** Texts of random words, from which a tokenizer learns as many pieces as it is asked for. */
function randomTexts(): { text: string }[] {
  const random = seededRandom("memory");
  const letter = () => String.fromCharCode(97 + random.int(26));
  const word = () => Array.from({ length: 2 + random.int(6) }, letter).join("");
  const words = Array.from({ length: 4_000 }, word);
  const text = () => Array.from({ length: 100 }, () => words[random.int(words.length)]).join(" ");
  return Array.from({ length: 200 }, () => ({ text: text() }));
}

const telling = new URL("../harness/tell-peak-memory.mjs", import.meta.url).href;
const [width, layers, heads, hidden, vocab, context] = [288, 6, 6, 768, 4096, 128];

it("ten million weights (288 wide, 6 layers, 4,096 pieces, 8 × 128 tokens a step) are trained within 1 GB", async () => {
  const folder = await commandFolder();
  await folder.write("texts.jsonl", randomTexts());
  const model = { width, layers, heads, kvHeads: heads, hidden, vocab, context };
  const spec = { trainer: "pretrain", train: "texts.jsonl", steps: 3, batchSize: 8, model };
  await folder.write("spec.json", [spec]);
  const args = ["pretrain", "--spec", "spec.json", "--out", "run"];
  const { code, error } = await folder.rlhf(args, undefined, ["--import", telling]);
  expect(code, error).toBe(0);
  const config = await folder.json("run/model/config.json");
  expect(config).toMatchObject({ hidden_size: width, vocab_size: vocab });
  expect(Number(error.match(/peak memory (\d+) MB/)?.[1])).toBeLessThan(1_000);
  await folder.remove();
}, 120_000);
