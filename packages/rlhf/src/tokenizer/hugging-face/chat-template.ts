import { Template } from "@huggingface/jinja";
import type { Message } from "@touchstone/contracts";
import { reasonedBy, type TrainingError, wordsOf } from "../../training-error.ts";
import { readTurns } from "../read-turns.ts";
import { fixedClock, fixedStrftime, stopClock } from "./fixed-date.ts";
import type { SpecialText } from "./special-spelling.ts";
import { deadlineSeconds, TooSlowError, withinDeadline } from "./within-deadline.ts";

/** How a published model writes conversations. */
export interface ChatTemplate {
  /** A conversation up to where the next answer begins, special tokens as the library knows them. */
  prompt(messages: readonly Message[]): string;
  /** What stands between that place and the answer's text, and between the text and the token that ends it. */
  readonly before: string;
  readonly after: string;
  /** The token that ends an answer, if the template writes one. */
  readonly end: number | undefined;
  /** Whether it tells the date: it then always tells the same (`templateDate`). */
  readonly tellsDate: boolean;
}

/** Letters of a private use area: no template writes them by itself or treats them in a way of its own. */
const probe = "\ue0a1\ue0b2\ue0c3";

/**
 * Opens a chat template (Jinja, as `transformers` renders it). What surrounds an answer is read off an example, since templates
 * only say how whole conversations look.
 *
 * @param names the special tokens that templates know by name, such as `bos_token`
 * @throws TrainingError `bad_model_files` if it can't be rendered; the message says of which conversation
 */
export function openChatTemplate(
  source: string,
  names: Readonly<Record<string, string | undefined>>,
  special: SpecialText,
): ChatTemplate {
  const template = opened(source);
  const tellsDate = stopClock(template);
  const render = (messages: readonly Message[], add_generation_prompt: boolean) => {
    const harmless = readTurns(messages).map(({ role, content }) => ({ role, content: special.harmless(content) }));
    try {
      const values = { ...names, [fixedClock]: fixedStrftime, messages: harmless, add_generation_prompt };
      return withinDeadline(() => String(template.render(values)));
    } catch (cause) {
      if (cause instanceof TooSlowError) throw reasonedBy(cause, "templateTooSlow", { seconds: deadlineSeconds });
      throw refusedBy(cause, messages);
    }
  };
  const question: Message = { role: "user", content: "question" };
  const asked = render([question], true);
  const answered = render([question, { role: "assistant", content: probe }], false);
  const at = answered.indexOf(probe);
  // A template that writes no answers, as some of base models do, puts nothing around them either.
  const follows = at < 0 ? undefined : special.first(answered.slice(at + probe.length));
  return {
    prompt: (messages) => special.fenced(render(messages, true)),
    before: answered.startsWith(asked) && at >= asked.length ? answered.slice(asked.length, at) : "",
    after: follows?.before ?? "",
    end: follows?.id,
    tellsDate,
  };
}

function opened(source: string): Template {
  try {
    return new Template(source);
  } catch (cause) {
    throw reasonedBy(cause, "templateUnread", { detail: wordsOf(cause) });
  }
}

/** Characters of a conversation that are enough to find it by. */
const quoted = 60;

/** Templates refuse roles and orders that their models never saw: the row they refuse is named by its turns and its beginning. */
function refusedBy(cause: unknown, messages: readonly Message[]): TrainingError {
  const turns = messages.map(({ role }) => role).join(", ");
  const [first] = messages;
  const beginning = (first?.content ?? "").slice(0, quoted).replace(/\s+/g, " ");
  return reasonedBy(cause, "templateRefuses", { turns, beginning, detail: wordsOf(cause) });
}
