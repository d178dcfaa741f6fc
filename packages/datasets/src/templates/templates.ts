import {
  Locale,
  type MediaRef,
  type OwnQuestionnaire,
  QuestionnaireDraft,
  TemplateName,
  type TemplateView,
  type TranslationInFile,
} from "@touchstone/contracts";
import { completionsOf, type ImportRow, rowOf } from "../import-row.ts";
import { agentTrajectory } from "./agent-trajectory.ts";
import { classification } from "./classification.ts";
import { code } from "./code.ts";
import type { ExampleFile } from "./example-files.ts";
import { image } from "./image.ts";
import { questionAnswering } from "./question-answering.ts";
import { speech } from "./speech.ts";
import { summarisation } from "./summarisation.ts";
import type { Template } from "./template.ts";
import { textGeneration } from "./text-generation.ts";
import { translation } from "./translation.ts";

/** Every use that a project can begin with; one that is missing here does not compile. */
const templates: Readonly<Record<TemplateName, Template>> = {
  "text-generation": textGeneration,
  translation,
  "question-answering": questionAnswering,
  classification,
  summarisation,
  code,
  image,
  speech,
  "agent-trajectory": agentTrajectory,
};

/** What the questionnaire of a template asks, in one language. */
export function templateQuestionnaire(name: TemplateName, language: Locale): OwnQuestionnaire {
  const { name: called, questions, texts } = templates[name];
  const { titles } = texts[language];
  const asked = questions.map((question) => ({ ...question, title: titles[question.name] ?? "" }));
  const draft = QuestionnaireDraft.parse({ name: called, questions: asked });
  return { name: draft.name, questions: draft.questions };
}

/**
 * What people who read another language are shown in a project that begins in this one: its guideline and its words. Names
 * that answers hold are English, so a project in another language has words for them too.
 */
export function templateTranslations(name: TemplateName, language: Locale): TranslationInFile[] {
  const { texts, labels } = templates[name];
  const own = texts[language].titles;
  return Locale.options.flatMap((other) => {
    const named = Object.entries(labels[other] ?? {}).map(([of, says]) => ({ of, says }));
    const isOwn = other === language;
    const titled = Object.entries(texts[other].titles).flatMap(([question, says]) => {
      const of = own[question];
      return isOwn || of === undefined ? [] : [{ of, says }];
    });
    const words = [...titled, ...named];
    if (isOwn && words.length === 0) return [];
    return [{ language: other, name: "", description: "", words, guideline: isOwn ? "" : texts[other].guideline }];
  });
}

/** The pictures and sounds that a template's examples show, each once. */
export function templateFiles(name: TemplateName, language: Locale): ExampleFile[] {
  const answers = templates[name].texts[language].examples.flatMap(({ completions }) => completions);
  return answers.filter((answer) => typeof answer !== "string");
}

/**
 * A template's examples as rows to import.
 *
 * @param refs of its files as the project keeps them, by their names.
 */
export function templateRows(
  name: TemplateName,
  language: Locale,
  refs: ReadonlyMap<string, MediaRef> = new Map(),
): ImportRow[] {
  const shown = (answer: string | ExampleFile) => {
    if (typeof answer === "string") return {};
    const ref = refs.get(answer.name);
    if (!ref) throw new Error(`The template ${name} has no file ${answer.name} in this project.`);
    return { text: null, media: [answer.alt === undefined ? ref : { ...ref, alt: answer.alt }] };
  };
  // By its name where it is a file, as of files that rows name.
  const textOf = (answer: string | ExampleFile) => (typeof answer === "string" ? answer : answer.name);
  return templates[name].texts[language].examples.map(({ prompt, completions, sourceText }, index) => ({
    ...rowOf(index + 1, prompt),
    language,
    sourceText: sourceText ?? null,
    completions: completionsOf(completions.map((answer) => ({ id: null, text: textOf(answer) }))).map(
      (completion, place) => ({ ...completion, ...shown(completions[place] ?? "") }),
    ),
  }));
}

/** All templates as a form shows them, in the order of the record. */
export function listTemplates(language: Locale): TemplateView[] {
  return TemplateName.options.map((name) => {
    const { overlap, texts } = templates[name];
    const { guideline, examples } = texts[language];
    const { questions } = templateQuestionnaire(name, language);
    return { name, guideline, overlap, questions, examples: examples.length };
  });
}
