import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ProjectDraft } from "@touchstone/contracts";
import { splitOf } from "@touchstone/labeling";
import { createProject, type Database, insertPrompts, insertTasks } from "@touchstone/persistence";
import { type DemoPrompt, DemoPrompts } from "@touchstone/practice";
import { projectRoot } from "../start/project-root.ts";

const name = "Everyday answers · 日常问答";
const description =
  "Stories, translations, questions and classification in English and Chinese, written to be ranked. 为排序而写的中英文故事、翻译、问答与分类。";
const overlap = 3;

const folder = () => join(projectRoot(), "prisma", "demo");

async function demoPrompts(): Promise<DemoPrompt[]> {
  const files = (await readdir(join(folder(), "prompts"))).filter((file) => file.endsWith(".json")).sort();
  const lists = await Promise.all(
    files.map(async (file) => DemoPrompts.parse(JSON.parse(await readFile(join(folder(), "prompts", file), "utf8")))),
  );
  return lists.flat();
}

/** Neighbours in the written order: each answer stands in two pairs at most, and pairs differ in how far apart they are. */
function pairs(ids: string[]): [string, string][] {
  return ids.slice(1).flatMap((right, index): [string, string][] => {
    const left = ids[index];
    return left === undefined ? [] : [[left, right]];
  });
}

/** What a newcomer ranks first. Made once; whoever archives or changes it keeps it as they left it. */
export async function seedDemoProject(db: Database, by: { workspaceId: string; id: string }): Promise<void> {
  if (await db.project.findFirst({ where: { workspaceId: by.workspaceId, name } })) return;
  const guideline = await Promise.all(
    ["en", "zh"].map((language) => readFile(join(folder(), `guideline.${language}.md`), "utf8")),
  );
  const prompts = await demoPrompts();
  const project = await createProject(
    db,
    by,
    ProjectDraft.parse({ name, description, guideline: guideline.join("\n\n"), mustRead: false, overlap }),
  );
  const where = { workspaceId: by.workspaceId, projectId: project.id };
  await db.$transaction(
    async (tx) => {
      const rows = await insertPrompts(
        tx,
        where,
        prompts.map(({ id, messages, language, sourceText, use, answers }) => ({
          messages,
          language,
          sourceText: sourceText ?? null,
          cluster: id,
          split: splitOf(id),
          metadata: { use, qualities: answers.map((answer) => answer.quality) },
          answers: answers.map((answer) => answer.text),
        })),
      );
      const task = (promptId: string, completionIds: string[]) => ({
        promptId,
        completionIds,
        overlap,
        reason: "demo",
      });
      await insertTasks(
        tx,
        where,
        "preference",
        rows.flatMap((row) => pairs(row.completionIds).map((pair) => task(row.promptId, pair))),
      );
    },
    { timeout: 60_000 },
  );
}
