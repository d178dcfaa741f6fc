import type { ReceiptFindings } from "@touchstone/contracts";
import { type Occurrences, occurred } from "../occurrences.ts";

/** What models and their makers are called: a spelling each, as they are told of, and how they are written. */
const names: readonly (readonly [name: string, written: string])[] = [
  ["ChatGPT", "chat ?gpt"],
  ["GPT", "gpt-?[1-9][\\w.-]*|gpt"],
  ["OpenAI", "open ?ai"],
  ["Claude", "claude"],
  ["Anthropic", "anthropic"],
  ["Gemini", "gemini"],
  ["Gemma", "gemma"],
  ["Bard", "bard"],
  ["LaMDA", "lamda"],
  ["PaLM", "palm[ -]?[12]"],
  ["Google", "google(?: deepmind| ai)?|deepmind|谷歌"],
  ["Llama", "llama[\\w.-]*"],
  ["Meta", "meta(?: ai)?"],
  ["Mistral", "mistral(?: ai)?|mixtral|ministral"],
  ["Qwen", "qwen[\\w.-]*|tongyi(?: qianwen)?|通义千问|通义|千问"],
  ["Alibaba", "alibaba(?: cloud)?|阿里巴巴|阿里云"],
  ["DeepSeek", "deepseek[\\w.-]*|深度求索"],
  ["ERNIE", "ernie(?: bot)?|文心一言|文心"],
  ["Baidu", "baidu|百度"],
  ["Kimi", "kimi"],
  ["Moonshot", "moonshot(?: ai)?|月之暗面"],
  ["ChatGLM", "chatglm[\\w.-]*|glm-?\\d[\\w.-]*|智谱清言"],
  ["Zhipu", "zhipu(?: ai)?|智谱(?:ai)?"],
  ["Baichuan", "baichuan|百川"],
  ["Doubao", "doubao|豆包"],
  ["ByteDance", "bytedance|字节跳动"],
  ["Hunyuan", "hunyuan|混元"],
  ["Tencent", "tencent|腾讯"],
  ["InternLM", "internlm|书生"],
  ["Spark", "讯飞星火|星火|科大讯飞|iflytek"],
  ["MiniMax", "minimax"],
  ["Yi", "01\\.ai|零一万物"],
  ["SmolLM", "smollm[\\w.-]*"],
  ["Hugging Face", "hugging ?face"],
  ["Vicuna", "vicuna"],
  ["Alpaca", "alpaca"],
  ["Koala", "koala"],
  ["Dolly", "dolly"],
  ["Open Assistant", "open ?assistant"],
  ["StableLM", "stablelm"],
  ["Falcon", "falcon"],
  ["Grok", "grok"],
  ["xAI", "xai"],
  ["Copilot", "(?:microsoft |github )?copilot"],
  ["Bing", "bing(?: chat)?"],
  ["Microsoft", "microsoft|微软"],
  ["Cohere", "cohere"],
  ["Phi", "phi-\\d[\\w.-]*"],
  ["OLMo", "olmo[\\w.-]*"],
  ["Tülu", "t[uü]lu[\\w.-]*"],
  ["Nemotron", "nemotron[\\w.-]*"],
  ["NVIDIA", "nvidia"],
];

/** Words that stand between “I am” and the name where something speaks of itself, and hardly where it speaks of others. */
const between =
  "(?:a|an|the|just|only|actually|not|simply|ai|artificial|intelligence|large|big|language|model|models|assistant|chatbot|chat|bot|virtual|digital|helpful|conversational|program|system|called|named|known|as|trained|developed|created|made|built|designed|powered|based|on|by|from|at|of|version|and|was|that|which|is)";
const before =
  "(?:\\bi am|\\bi[’']m|\\bi was|\\bmy name is|\\byou can call me|\\bcall me|\\bthis is|\\bas an?(?= (?:ai\\b|artificial|large|language|model|chatbot|virtual|assistant)))";
const spoken = new RegExp(
  `${before}(?:[\\s,;:(–—-]+${between}\\b){0,14}[\\s,;:(–—"“*-]+(?<name>${alternatives()})(?![\\w’'])`,
  "giu",
);
const beforeInChinese = "(?:我是|我叫做?|我的名字是|我的名字叫|作为|本助手是|我由|我被)";
const betweenInChinese =
  '(?:由|一个|一名|一种|一款|名为|叫做?|称为|被|基于|来自|大型?|语言|模型|人工智能|智能|聊天|机器人|助手|助理|ai|公司|的|，|,|、|「|“|"|\\s)';
const spokenInChinese = new RegExp(`${beforeInChinese}${betweenInChinese}{0,14}(?<name>${alternatives()})`, "giu");
/** “As ChatGPT, I can't”; by others it is said “as ChatGPT does”. */
const spokenAs = new RegExp(`\\bas (?<name>${alternatives()}),? i(?=[ ’'])`, "giu");
/** Without one of these nothing speaks of itself. As it is mostly written, which is looked for ten times as fast. */
const anything =
  /[Ii] am |[Ii]['’]m |[Ii] was |[Mm]y name is|all me |[Tt]his is |[Aa]s an? (?:AI|ai|[Aa]rtificial|[Ll]a|[Mm]odel|[Cc]hatbot|[Vv]irtual|[Aa]ssistant)|[Aa]s \S+(?: \S+)?,? I[ ’']|我|作为|本助手/;
const longestExample = 80;
/** Models that are named by the file and found in its answers. */
const mostNames = 100;

function alternatives(): string {
  return names.map(([, written]) => written).join("|");
}

const spellings = names.map(([name, written]) => [name, new RegExp(`^(?:${written})$`, "iu")] as const);
/** A model is looked for by what the file calls it where that is no word of a language: `gpt-4-0613`, `Qwen/Qwen2-7B`. */
const ownName = /^(?=.*\d)(?=.*[-_/.:])[\w./:-]{5,100}$/u;

/** Answers in which a model says what it is, or that hold what their file calls their model. */
export class SelfNamed {
  readonly #answers: Occurrences = { count: 0, lines: [] };
  readonly #found = new Map<string, { readonly answers: Occurrences; readonly example: string }>();

  add(text: string, model: string | null | undefined, line: number): void {
    const seen = new Set<string>();
    if (anything.test(text)) {
      for (const pattern of [spoken, spokenAs, spokenInChinese]) {
        for (const match of text.matchAll(pattern)) {
          const name = match.groups?.name ?? "";
          if (!isOneOfMany(match, name)) this.#note(nameOf(name), match[0], line, seen);
        }
      }
    }
    if (model && ownName.test(model) && text.includes(model)) this.#note(model, model, line, seen);
    if (seen.size > 0) occurred(this.#answers, line);
  }

  /** The names most frequent first. */
  view(): ReceiptFindings["named"] {
    const names = [...this.#found]
      .map(([name, { answers, example }]) => ({ name, example, ...answers }))
      .toSorted((one, other) => other.count - one.count);
    return { answers: this.#answers, names };
  }

  #note(name: string, words: string, line: number, seen: Set<string>): void {
    if (seen.has(name)) return;
    seen.add(name);
    const known = this.#found.get(name);
    if (!known && this.#found.size >= mostNames) return;
    const of = known ?? { answers: { count: 0, lines: [] }, example: shortened(words) };
    this.#found.set(name, of);
    occurred(of.answers, line);
  }
}

/**
 * What a text says that it is: names of models and their makers, and its own model's where the text holds it.
 *
 * @param model as its endpoint calls it.
 */
export function namesItself(text: string, model: string): string[] {
  const found = new SelfNamed();
  found.add(text, model, 1);
  return found.view().names.map(({ name }) => name);
}

/** “I am a Gemini”, born in June, and no model; “I am a GPT-4 model” is one. */
function isOneOfMany({ 0: words, index, input }: RegExpExecArray, name: string): boolean {
  if (!/\ban?\s+$/iu.test(words.slice(0, words.length - name.length))) return false;
  const after = input.slice(index + words.length, index + words.length + 20);
  return !/^[\s-]+(?:ai|language|large|model|assistant|chatbot|bot|based|powered|system|program)/iu.test(after);
}

function nameOf(written: string): string {
  return spellings.find(([, pattern]) => pattern.test(written))?.[0] ?? written;
}

function shortened(words: string): string {
  const oneLine = words.replaceAll(/\s+/gu, " ");
  return oneLine.length > longestExample ? `${oneLine.slice(0, longestExample)}…` : oneLine;
}
