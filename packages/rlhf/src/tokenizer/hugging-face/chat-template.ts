import { Template } from "@huggingface/jinja";
import type { Message } from "@touchstone/contracts";
import { refusing } from "./definition.ts";
import type { SpecialText } from "./special-spelling.ts";

/** How a published model writes conversations. */
export interface ChatTemplate {
  /** A conversation up to where the next answer begins, special tokens as the library knows them. */
  prompt(messages: readonly Message[]): string;
  /** What stands between that place and the answer's text, and between the text and the token that ends it. */
  readonly before: string;
  readonly after: string;
  /** The token that ends an answer, if the template writes one. */
  readonly end: number | undefined;
}

/** A word that no template treats in a way of its own. */
const probe = "answer";

/**
 * Opens a chat template (Jinja, as `transformers` renders it). What surrounds an answer is read off an example, since templates
 * only say how whole conversations look.
 *
 * @param names the special tokens that templates know by name, such as `bos_token`
 * @throws TrainingError `bad_model_files` if it can't be rendered
 */
export function openChatTemplate(
  source: string,
  names: Readonly<Record<string, string | undefined>>,
  special: SpecialText,
): ChatTemplate {
  const template = refusing("The chat template", () => new Template(source));
  const render = (messages: readonly Message[], add_generation_prompt: boolean) =>
    refusing("The chat template", () => {
      const harmless = messages.map(({ role, content }) => ({ role, content: special.harmless(content) }));
      return String(template.render({ ...names, messages: harmless, add_generation_prompt }));
    });
  const question: Message = { role: "user", content: "question" };
  const asked = render([question], true);
  const answered = render([question, { role: "assistant", content: probe }], false);
  const at = answered.lastIndexOf(probe);
  const rest = at < 0 ? "" : answered.slice(at + probe.length);
  const follows = special.first(rest);
  return {
    prompt: (messages) => special.fenced(render(messages, true)),
    before: answered.startsWith(asked) && at >= asked.length ? answered.slice(asked.length, at) : "",
    after: follows?.before ?? "",
    end: follows?.id,
  };
}
