export type EngineName = "node-gpu" | "node" | "native" | "wasm" | "cpu";

/** Why an engine can't be had: a code for pages of any language, and what the machine said of it. */
export interface Refusal {
  readonly why: "not_asked_for" | "not_installed" | "not_built" | "broken_library" | "did_not_start" | "no_gpu";
  readonly detail: string;
}

/** An engine that would have been faster, and why it was not taken. */
export interface PassedOver extends Refusal {
  readonly engine: EngineName;
}

const packageOf: Record<EngineName, string> = {
  "node-gpu": "tfjs-node-gpu",
  node: "tfjs-node",
  native: "the native accelerator",
  wasm: "WebAssembly",
  cpu: "plain JavaScript",
};

/** "tfjs-node: not installed", for logs. */
export function inWords({ engine, why, detail }: PassedOver): string {
  const said = detail === "" ? "" : ` (${detail})`;
  const words: Record<Refusal["why"], string> = {
    not_asked_for: `skipped, because ${detail} was asked for`,
    not_installed: "not installed",
    not_built: "not built, which takes a C compiler at set-up",
    broken_library: `its native library did not load${said}`,
    did_not_start: `it did not start${said}`,
    no_gpu: "it sees no GPU",
  };
  return `${packageOf[engine]}: ${words[why]}`;
}

/** As {@link Refusal} tells it, on one line and no longer than a page can show. */
export function refusal(why: Refusal["why"], error?: unknown): Refusal {
  if (error === undefined) return { why, detail: "" };
  const message = error instanceof Error ? error.message : String(error);
  return { why, detail: message.split("\n")[0]?.slice(0, 200) ?? "" };
}
