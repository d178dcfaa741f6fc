import { describe, expect, test } from "vitest";
import { baseCalled, modelFilesOf } from "./model-import.ts";

describe("what files are by their names", () => {
  const adapter = ["adapter_config.json", "adapter_model.safetensors"];
  test.each<[string, readonly string[], object]>([
    ["an adapter", adapter, { form: "adapter", fault: null, leftAside: [] }],
    [
      "an adapter with its tokenizer, a card and the states of its training",
      [...adapter, "tokenizer.json", "chat_template.jinja", "README.md", "optimizer.pt", "config.json"],
      { form: "adapter", fault: null, leftAside: ["README.md", "optimizer.pt", "config.json"] },
    ],
    ["half an adapter", adapter.slice(1), { fault: { kind: "adapterLacks", missing: ["adapter_config.json"] } }],
    [
      "a pickled adapter",
      ["adapter_config.json", "adapter_model.bin"],
      { fault: { kind: "pickled", name: "adapter_model.bin" } },
    ],
    [
      "an adapter beside a whole model",
      [...adapter, "config.json", "model.safetensors", "tokenizer.json"],
      { fault: { kind: "adapter", name: "adapter_config.json", other: "model.safetensors" } },
    ],
    ["a model", ["config.json", "model.safetensors", "tokenizer.json"], { form: "folder", fault: null }],
    ["half a model", ["config.json"], { fault: { kind: "lacks", missing: ["model.safetensors", "tokenizer.json"] } }],
  ])("%s", (_, names, expected) => {
    expect(modelFilesOf(names)).toMatchObject(expected);
  });
});

describe("the model that an adapter was trained on, by the name that its authors gave", () => {
  const models = [
    { name: "SmolLM2-135M-Instruct.Q4_1", givenName: null },
    { name: "SmolLM2-135M", givenName: null },
    { name: "import", givenName: "Qwen2.5 0.5B" },
    { name: "sft", givenName: null },
  ];
  test.each<[string, string | undefined]>([
    ["HuggingFaceTB/SmolLM2-135M", "SmolLM2-135M"],
    ["HuggingFaceTB/SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct.Q4_1"],
    ["unsloth/SmolLM2-135M-Instruct-bnb-4bit", "SmolLM2-135M-Instruct.Q4_1"],
    ["unsloth/SmolLM2-135M-Instruct-unsloth-bnb-4bit", "SmolLM2-135M-Instruct.Q4_1"],
    ["/home/me/models/smollm2-135m/", "SmolLM2-135M"],
    ["C:\\models\\SmolLM2-135M", "SmolLM2-135M"],
    ["Qwen/Qwen2.5-0.5B", "import"],
    ["HuggingFaceTB/SmolLM2-1.7B", undefined],
    ["SmolLM", undefined],
    ["", undefined],
    ["/", undefined],
  ])("“%s” is %s", (path, name) => {
    expect(baseCalled(models, path)?.name).toBe(name);
  });
});
