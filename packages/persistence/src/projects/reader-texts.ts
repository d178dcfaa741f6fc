import { z } from "zod";
import type { Database } from "../client.ts";
import { chooseLanguage } from "./choose-language.ts";

const Texts = z.object({
  language: z.string(),
  name: z.string(),
  description: z.string(),
  words: z.array(z.object({ of: z.string(), says: z.string() })),
});
const Spoken = z.object({ language: z.string().nullable(), items: z.array(Texts) });

/** A project's texts in one of the languages that it has beside its own; what is empty is shown in its own. */
export interface ReaderTexts {
  readonly language: string;
  readonly name: string;
  readonly description: string;
  /** What is shown in place of a title or a name. */
  readonly words: ReadonlyMap<string, string>;
}

/** The languages of a project, from which each reader's is chosen. */
export interface SpokenProject {
  /** Null: its own texts are what this reader reads. */
  readonly textsFor: (wanted: readonly string[]) => ReaderTexts | null;
}

/** Without guidelines, which are long and asked for alone; of a project that is not there, nothing is translated. */
export async function readSpokenProject(db: Database, projectId: string): Promise<SpokenProject> {
  const [row] = await db.$queryRaw<unknown[]>`
    SELECT p.language, coalesce((
      SELECT jsonb_agg(jsonb_build_object(
        'language', t.language, 'name', t.name, 'description', t.description, 'words', t.words) ORDER BY t.language)
      FROM project_translation t WHERE t.project_id = p.id), '[]') AS items
    FROM project p WHERE p.id = ${projectId}::uuid`;
  const { language, items } = Spoken.parse(row ?? { language: null, items: [] });
  const texts = new Map(
    items.map(({ words, ...one }) => [
      one.language,
      { ...one, words: new Map(words.map(({ of, says }) => [of, says])) },
    ]),
  );
  return {
    textsFor: (wanted) => {
      if (texts.size === 0) return null;
      const chosen = chooseLanguage(wanted, language, [...texts.keys()]);
      return chosen === null ? null : (texts.get(chosen) ?? null);
    },
  };
}

/** A version of a guideline in another language; null where that version was not translated. */
export async function readGuidelineIn(db: Database, guidelineId: string, language: string): Promise<string | null> {
  const where = { guidelineId_language: { guidelineId, language } };
  return (await db.guidelineTranslation.findUnique({ where, select: { text: true } }))?.text ?? null;
}
