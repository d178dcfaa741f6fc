import { Blur, type GuidelineView, type ProjectView, QuestionnaireView } from "@touchstone/contracts";
import type { Prisma } from "../generated/client.ts";

/** With the guideline in force, which is the newest version. */
export const projectInclude = {
  guidelines: { orderBy: { version: "desc" }, take: 1 },
  questionnaires: {
    distinct: ["name"],
    orderBy: [{ name: "asc" }, { version: "desc" }],
    select: { id: true, name: true, version: true, questions: true },
  },
} satisfies Prisma.ProjectInclude;

type ProjectRow = Prisma.ProjectGetPayload<{ include: typeof projectInclude }>;

export function toProjectView(row: ProjectRow): ProjectView {
  const [guideline] = row.guidelines;
  if (!guideline) throw new Error(`Project ${row.id} has no guideline.`);
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    state: row.state,
    overlap: row.overlap,
    leaseSeconds: row.leaseSeconds,
    practice: row.practice,
    language: row.language,
    repeatShare: row.repeatShare,
    dailyLimit: row.dailyLimit,
    shareLimit: row.shareLimit,
    parallelLeases: row.parallelLeases,
    dueAt: row.dueAt?.toISOString() ?? null,
    groups: row.groups,
    languagesOnly: row.languagesOnly,
    blur: Blur.parse(row.blur),
    guideline: toGuidelineView(guideline),
    questionnaires: row.questionnaires.map((questionnaire) => QuestionnaireView.parse(questionnaire)),
    createdAt: row.createdAt.toISOString(),
  };
}

export function toGuidelineView({ id, version, text, createdAt }: ProjectRow["guidelines"][number]): GuidelineView {
  return { id, version, text, createdAt: createdAt.toISOString() };
}
