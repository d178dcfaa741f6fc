import { expect, test } from "vitest";
import { modelsInFolder } from "./models-in-folder.ts";

const changedAt = "2026-01-01T00:00:00.000Z";
const files = (...paths: readonly string[]) => paths.map((path, at) => ({ path, bytes: 2 ** at, changedAt }));

test("each GGUF file and each folder with a whole model or adapter is one, with the files of it that are read", () => {
  const items = files(
    "deep/llama/README.md",
    "deep/llama/config.json",
    "deep/llama/model.safetensors",
    "deep/llama/tokenizer.json",
    "deep/q4.gguf",
    "deep/q8.gguf",
    "half/config.json",
    "half/tokenizer.json",
    "pairs.jsonl",
    "tuned/adapter_config.json",
    "tuned/adapter_model.safetensors",
    "tuned/optimizer.pt",
  );
  expect(modelsInFolder(items)).toEqual([
    {
      path: "deep/llama",
      form: "folder",
      files: ["deep/llama/config.json", "deep/llama/model.safetensors", "deep/llama/tokenizer.json"],
      bytes: 2 + 4 + 8,
    },
    { path: "deep/q4.gguf", form: "gguf", files: ["deep/q4.gguf"], bytes: 16 },
    { path: "deep/q8.gguf", form: "gguf", files: ["deep/q8.gguf"], bytes: 32 },
    {
      path: "tuned",
      form: "adapter",
      files: ["tuned/adapter_config.json", "tuned/adapter_model.safetensors"],
      bytes: 512 + 1_024,
    },
  ]);
});

test("files that lie in the folder itself are a model as well", () => {
  const [model] = modelsInFolder(files("config.json", "model.safetensors", "tokenizer.json"));
  expect(model).toMatchObject({ path: "", form: "folder", bytes: 7 });
});
