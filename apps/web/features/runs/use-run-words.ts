import { type RunAlert, type RunEngine, type RunError, RunErrorCode, RunFactCode } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { z } from "zod";
import { runErrorText } from "./run-reason.ts";
import { nounFor, sentenceFor } from "./run-sentence.ts";
import { useRunReasons } from "./use-run-reasons.ts";

const Noun = z.enum(["comparisons", "rankings", "ratings", "demonstrations", "answers", "texts", "prompts"]);
const Engine = z.enum(["node-gpu", "node", "native", "wasm", "cpu"]);
/** The packages' own names stand in every language. */
const packages = {
  "node-gpu": "tfjs-node-gpu",
  node: "tfjs-node",
  native: "touchstone-native",
  wasm: "WebAssembly",
  cpu: "JavaScript",
} as const;

/** What a run says of itself, in the reader's language. */
export function useRunWords() {
  const t = useTranslations("runs");
  const reasons = useRunReasons();
  const inWords = (values: RunAlert["values"]): RunAlert["values"] => {
    const { noun: raw, ...others } = values;
    const noun = Noun.safeParse(raw);
    // Without a noun that the page knows there is no sentence, and the stored one stands.
    return noun.success ? { ...others, noun: nounFor(t, noun.data, others) } : others;
  };
  return {
    alert({ code, values, message }: RunAlert): string {
      const known = RunFactCode.safeParse(code);
      return sentenceFor(t, known.success ? `facts.${known.data}` : undefined, inWords(values), message);
    },
    error(error: RunError) {
      const known = RunErrorCode.safeParse(error.code);
      const key = known.success ? (`errors.${known.data}` as const) : undefined;
      return runErrorText(error, (stored) => sentenceFor(t, key, inWords(error.values), stored), reasons);
    },
    /** Which engine runs; then, a line each, why the faster ones do not, with what the machine said of it. */
    engine({ backend, passedOver, reason }: RunEngine): readonly { readonly text: string; readonly detail: string }[] {
      const own = Engine.safeParse(backend);
      if (!own.success || passedOver === null) return [{ text: reason, detail: "" }];
      const others = passedOver.map(({ engine, why, detail }) => {
        const other = Engine.safeParse(engine);
        const name = other.success ? packages[other.data] : engine;
        return { text: t(`passedOver.${why}`, { engine: name }), detail: why === "not_asked_for" ? "" : detail };
      });
      return [{ text: `${t(`engines.${own.data}`)}${t("stop")}`, detail: "" }, ...others];
    },
  };
}
