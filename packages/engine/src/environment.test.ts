import { afterEach, expect, test, vi } from "vitest";
import { openEngine } from "./open-engine.ts";

const asked = process.env.TOUCHSTONE_ENGINE || "auto";

afterEach(() => vi.unstubAllEnvs());

test("TOUCHSTONE_ENGINE names the engine where the caller names none", async () => {
  vi.stubEnv("TOUCHSTONE_ENGINE", "cpu");
  expect((await openEngine()).backend).toBe("cpu");
  expect((await openEngine({ prefer: "wasm" })).backend).toBe("wasm");
});

test("a name that is no engine's is refused with those that are, and an empty one asks for nothing", async () => {
  vi.stubEnv("TOUCHSTONE_ENGINE", "abacus");
  const refused = { name: "EngineError", message: expect.stringMatching(/TOUCHSTONE_ENGINE is “abacus”.*wasm, cpu/) };
  await expect(openEngine()).rejects.toMatchObject(refused);
  vi.stubEnv("TOUCHSTONE_ENGINE", "");
  const { backend } = await openEngine({ prefer: "auto" });
  expect((await openEngine()).backend).toBe(backend);
});

test.skipIf(asked === "auto")("these tests run on the engine that they were started for", async () => {
  expect((await openEngine()).backend).toBe(asked);
});
