import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSafetensors } from "@touchstone/engine";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasReferenceData, referenceFile } from "../harness/reference-data.ts";
import { type CommandFolder, commandFolder } from "../harness/rlhf-command.ts";

let folder: CommandFolder;
beforeAll(async () => {
  folder = await commandFolder();
  await folder.write("texts.jsonl", [{ text: "the cat sat on the mat" }, { text: "the dog sat on the log" }]);
  const sizes = ["--model.layers", "1", "--model.width", "16", "--model.hidden", "16", "--model.context", "16"];
  await folder.succeeded(["pretrain", "--train", "texts.jsonl", "--out", "base", "--steps", "1", ...sizes]);
});
afterAll(() => folder.remove());

/** A model's folder with one file changed, or left out. */
async function spoilt(name: string, file: string, content: string | undefined): Promise<void> {
  await mkdir(folder.at(name));
  for (const part of ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]) {
    if (part !== file) await copyFile(folder.at(join("base/model", part)), folder.at(join(name, part)));
  }
  if (content !== undefined) await writeFile(folder.at(join(name, file)), content);
}

describe("rlhf import", () => {
  it("takes a model's folder as it is, to the last byte, and says what is in it", async () => {
    const { out } = await folder.succeeded(["import", "base/model", "--out", "again", "--json"]);
    expect(JSON.parse(out)).toMatchObject({ out: folder.at("again"), kind: "policy", context: 16 });
    for (const name of ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]) {
      const [before, after] = await Promise.all(
        ["base/model", "again"].map((at) => readFile(folder.at(join(at, name)))),
      );
      expect(after).toEqual(before);
    }
  });

  it("cuts a context that is longer than wanted, which rotary positions allow", async () => {
    await folder.succeeded(["import", "base/model", "--out", "shorter", "--context", "8"]);
    expect(await folder.json("shorter/config.json")).toMatchObject({ max_position_embeddings: 8 });
  });

  it("takes a GGUF file, whatever it is called, says what it made of it, and the model answers", async () => {
    const file = fileURLToPath(new URL("../../packages/rlhf/src/known-answers/qwen2.gguf", import.meta.url));
    await copyFile(file, folder.at("no-name"));
    const { error } = await folder.succeeded(["import", "no-name", "--out", "from-gguf", "--context", "16"]);
    expect(error).toMatch(
      /architecture qwen2: tensors of .*Q4_0.* as float32; tokenizer gpt2 \(qwen2\) and chat template/,
    );
    expect(error).toMatch(/It could read 32 tokens; --context says how many it does/);
    expect(await folder.json("from-gguf/config.json")).toMatchObject({
      model_type: "qwen2",
      max_position_embeddings: 16,
    });
    await folder.succeeded(["generate", "--model", "from-gguf", "--prompt", "the cat", "--max-new-tokens", "3"]);
  });

  it("lays an adapter of PEFT's on its base, as our own LoRA runs write theirs, and makes the model that was trained", async () => {
    await folder.write("goes-on.jsonl", [{ prompt: "the cat", completion: " ran." }]);
    const lora = ["--lora.rank", "2", "--lora.alpha", "3", "--epochs", "2"];
    await folder.succeeded(["sft", "--train", "goes-on.jsonl", "--policy", "base/model", "--out", "adapted", ...lora]);
    const base = ["--base", "base/model"];
    const { error } = await folder.succeeded(["import", "adapted/model/adapter", ...base, "--out", "laid"]);
    expect(error).toMatch(/A LoRA adapter \(r 2, α 3\) was laid on 7 matrices of its base; .* those of the base/);
    const [trained, laid] = await Promise.all(
      ["adapted/model", "laid"].map(async (at) =>
        readSafetensors(await readFile(folder.at(`${at}/model.safetensors`))),
      ),
    );
    for (const [name, { values }] of trained ?? []) {
      const ours = laid?.get(name)?.values ?? new Float32Array();
      expect(Math.max(...values.map((value, at) => Math.abs(value - (ours[at] ?? Number.NaN)))), name).toBeLessThan(
        1e-6,
      );
    }
    expect(await folder.json("laid/adapter/adapter_config.json")).toMatchObject({ peft_type: "LORA", r: 2 });
    const cases: [readonly string[], RegExp][] = [
      [["adapted/model/adapter"], /--base: adapted\/model\/adapter is an adapter\. Name the model/],
      [["base/model", ...base], /--base belongs to adapters, and base\/model has no adapter_config\.json/],
      [["adapted/model/adapter", "--base", "none"], /--base: there is no file or folder none/],
      [["adapted/model/adapter", "--base", "goes-on.jsonl"], /--base: goes-on\.jsonl is neither/],
    ];
    for (const [args, message] of cases) {
      const { code, error } = await folder.rlhf(["import", ...args, "--out", "nothing"]);
      expect(error).toMatch(message);
      expect(code).toBe(1);
    }
  });

  it.each<[string, readonly string[], RegExp]>([
    [
      "a GGUF file that is none",
      ["none.gguf", "--out", "x"],
      /none\.gguf can't be used as a GGUF file: it does not begin/,
    ],
    ["nothing there", ["none", "--out", "x"], /There is no file or folder none/],
    ["no config", ["no-config", "--out", "x"], /no-config has no config\.json/],
    [
      "another kind of model",
      ["other", "--out", "x"],
      /of type “gemma”, and those of type llama, mistral, qwen2, qwen3, gpt2 can be used\. Take/,
    ],
    ["settings that are none", ["broken", "--out", "x"], /config\.json can't be used: it is no JSON/],
    ["weights of another shape", ["wider", "--out", "x"], /model\.safetensors can't be used: .* is not of shape/],
    ["weights cut off", ["cut", "--out", "x"], /model\.safetensors can't be used/],
    ["a tokenizer of a kind that is not read", ["words", "--out", "x"], /tokenizer\.json can't be used/],
    [
      "a checkpoint without its tokenizer",
      ["texts.jsonl", "--out", "x"],
      /--tokenizer: a checkpoint of llama2\.c needs/,
    ],
    [
      "no checkpoint",
      ["texts.jsonl", "--tokenizer", "texts.jsonl", "--out", "x"],
      /llama2\.c checkpoint can't be used/,
    ],
    ["a place that is taken", ["base/model", "--out", "base"], /holds other files/],
  ])("refuses %s, with the cure, and writes nothing", async (_, args, message) => {
    const config = await folder.json("base/model/config.json");
    const shapes: [string, string, string | undefined][] = [
      ["no-config", "config.json", undefined],
      ["other", "config.json", JSON.stringify({ ...config, model_type: "gemma" })],
      ["broken", "config.json", "{"],
      ["wider", "config.json", JSON.stringify({ ...config, hidden_size: 32 })],
      ["cut", "model.safetensors", "{}"],
      ["words", "tokenizer.json", JSON.stringify({ model: { type: "WordLevel", vocab: {} } })],
    ];
    if (args[0] === "none.gguf") await writeFile(folder.at("none.gguf"), "GGML");
    const shape = shapes.find(([name]) => name === args[0]);
    if (shape) await spoilt(...shape);
    const { code, error } = await folder.rlhf(["import", ...args]);
    expect(error).toMatch(message);
    expect(error).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
    await expect(readFile(folder.at("x/config.json"))).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe.skipIf(!hasReferenceData)("stories260K of llama2.c", () => {
  it("comes in as a model that writes stories, stops where it is told to, and is trained further", async () => {
    const files = ["models/stories260K.bin", "models/tok512.bin"].map(referenceFile);
    await folder.succeeded(["import", files[0] ?? "", "--tokenizer", files[1] ?? "", "--out", "stories"]);
    const greedy = ["generate", "--model", "stories", "--prompt", "Lily wanted a cat", "--temperature", "0"];
    const { out } = await folder.succeeded([...greedy, "--max-new-tokens", "40"]);
    expect(out).toMatch(/^ named Max\. Max was very happy\./);
    expect((await folder.succeeded([...greedy, "--stop", "very", "."])).out).toBe(" named Max\n");

    await folder.write(
      "goes-on.jsonl",
      Array.from({ length: 8 }, () => ({ prompt: "Lily wanted a cat", completion: " and got a dog." })),
    );
    const brief = ["--epochs", "20", "--batch-size", "8"];
    await folder.succeeded(["sft", "--train", "goes-on.jsonl", "--policy", "stories", "--out", "tuned", ...brief]);
    const tuned = greedy.map((arg) => (arg === "stories" ? "tuned" : arg));
    expect((await folder.succeeded(tuned)).out).toBe(" and got a dog.\n");
  });
});
