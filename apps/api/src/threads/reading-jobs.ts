import type {
  ErasureDraft,
  ExportFormat,
  ItemQuery,
  ItemsChange,
  LabelSetDiffQuery,
  LeaveOutDraft,
  ProjectDeletionDraft,
  PromptsDeletionDraft,
  PutBackDraft,
  RetentionQuery,
  SelectedLabelSetDraft,
  StandingQuery,
} from "@touchstone/contracts";
import { type AskedExport, modelCard } from "@touchstone/datasets";
import {
  type Actor,
  changeItems,
  countExports,
  type DatabaseOptions,
  deleteProject,
  deletePrompts,
  diffLabelSets,
  eraseMember,
  exportedSet,
  exportFit,
  exportLengths,
  findDependants,
  findPersonDependants,
  getEvaluation,
  getLabelSet,
  getModelStanding,
  getRetention,
  labelSetRows,
  leaveOut,
  listEvaluations,
  listItems,
  listLeftOut,
  type MemberActor,
  makeLabelSet,
  modelCardFacts,
  type OpenDatabase,
  openExport,
  openedRows,
  presentRows,
  projectFigures,
  projectQuality,
  promptsOfItems,
  putBack,
  sampleExport,
  wholeProject,
} from "@touchstone/persistence";
import { firstLines } from "./first-lines.ts";

/** What the thread that reads is told when it starts. */
export interface ReadingSurroundings {
  readonly databaseUrl: string;
  readonly limits: DatabaseOptions;
}

interface Scope {
  readonly workspaceId: string;
  readonly projectId: string;
}

interface ExportScope extends Scope {
  readonly includeSimulated: boolean;
  readonly includeRepeats?: boolean;
  readonly includeLeftOut?: boolean;
}

interface MostTokens {
  readonly tokens: number;
}

interface ExportScopeLengths extends MostTokens {
  readonly scope: ExportScope;
  readonly asked: AskedExport;
}

interface LabelSetExport extends Scope {
  readonly labelSetId: string;
  readonly asked: AskedExport;
}

/** What is made of many judgements at once, with connections of its own: rows of Postgres are parsed where they arrive. */
export function readingJobs({ db, pool }: Pick<OpenDatabase, "db" | "pool">) {
  let begun: Promise<unknown> | undefined;
  return {
    /**
     * Settles once the thread has begun and reached Postgres, so that whoever asks for figures first does not wait for that.
     * Once is enough: later all its connections may be at work.
     */
    begin: async () => {
      begun ??= db.project.findFirst({ select: { id: true } }).catch((error: unknown) => {
        begun = undefined;
        throw error;
      });
      await begun;
    },
    figures: ({ workspaceId, projectId }: Scope) => projectFigures(db, workspaceId, projectId),
    modelStanding: ({ query, ...scope }: Scope & { query: StandingQuery }) =>
      getModelStanding({ db, pool }, scope, query),
    quality: ({ workspaceId, projectId }: Scope) => projectQuality(db, workspaceId, projectId),
    evaluations: ({ workspaceId, projectId }: Scope) => listEvaluations(db, workspaceId, projectId),
    evaluation: ({ workspaceId, id }: { workspaceId: string; id: string }) => getEvaluation(db, workspaceId, id),
    exportCounts: (scope: ExportScope, signal: AbortSignal) => countExports(db, scope, { pool, signal }),
    exportSample: async ({ scope, asked }: { scope: ExportScope; asked: AskedExport }, signal: AbortSignal) =>
      firstLines(await sampleExport(db, scope, asked.format, { pool, signal }), asked),
    exportFit: async ({ scope, asked }: { scope: ExportScope; asked: AskedExport }, signal: AbortSignal) =>
      exportFit(await presentRows(db, scope, signal), asked),
    exportLengths: async ({ scope, asked, tokens }: ExportScopeLengths, signal: AbortSignal) =>
      exportLengths(await presentRows(db, scope, signal), asked, tokens),
    labelSetLengths: ({ asked, tokens, ...set }: LabelSetExport & MostTokens, signal: AbortSignal) =>
      exportLengths(labelSetRows(db, set, signal), asked, tokens),
    labelSetFit: ({ asked, ...set }: LabelSetExport, signal: AbortSignal) =>
      exportFit(labelSetRows(db, set, signal), asked),
    openExport: (job: { scope: ExportScope; by: Actor; format: ExportFormat }, signal: AbortSignal) =>
      openExport(db, job.scope, job.by, job.format, { pool, signal }),
    exportRows: (
      { scope, labelSetId, asked }: { scope: ExportScope; labelSetId: string; asked: AskedExport },
      signal: AbortSignal,
    ) =>
      exportedSet(db, { workspaceId: scope.workspaceId, labelSetId }, openedRows(db, scope, labelSetId, signal), asked),
    items: ({ workspaceId, projectId, query }: Scope & { query: ItemQuery }) =>
      listItems(db, workspaceId, projectId, query),
    changeItems: (job: { by: MemberActor; projectId: string; change: ItemsChange }) =>
      changeItems(db, job.by, job.projectId, job.change),
    labelSet: ({ workspaceId, id }: { workspaceId: string; id: string }, signal: AbortSignal) =>
      getLabelSet(db, workspaceId, id, { pool, signal }),
    labelSetDiff: (
      { workspaceId, id, query }: { workspaceId: string; id: string; query: LabelSetDiffQuery },
      signal: AbortSignal,
    ) => diffLabelSets(db, workspaceId, id, query, { pool, signal }),
    makeLabelSet: (job: { by: Actor; projectId: string; draft: SelectedLabelSetDraft }, signal: AbortSignal) =>
      makeLabelSet(db, job.by, job.projectId, job.draft, { pool, signal }),
    leaveOut: (job: { by: MemberActor; projectId: string; draft: LeaveOutDraft }) =>
      leaveOut(db, job.by, job.projectId, job.draft),
    putBack: (job: { by: MemberActor; projectId: string; draft: PutBackDraft }) =>
      putBack(db, job.by, job.projectId, job.draft),
    leftOut: ({ workspaceId, projectId, query }: Scope & { query: { cursor?: string | undefined; limit: number } }) =>
      listLeftOut(db, workspaceId, projectId, query),
    personDependants: ({ workspaceId, memberId }: { workspaceId: string; memberId: string }) =>
      findPersonDependants(db, workspaceId, memberId),
    eraseMember: (job: { by: MemberActor; memberId: string; draft: ErasureDraft }) =>
      eraseMember(db, job.by, job.memberId, job.draft),
    retention: ({ workspaceId, projectId, query }: Scope & { query: RetentionQuery }) =>
      getRetention(db, workspaceId, projectId, query),
    dependants: ({ workspaceId, projectId }: Scope) => findDependants(db, wholeProject(workspaceId, projectId)),
    deleteProject: (job: { by: MemberActor; projectId: string; draft: ProjectDeletionDraft }) =>
      deleteProject(db, job.by, job.projectId, job.draft),
    deletePrompts: async (job: { by: MemberActor; projectId: string; draft: PromptsDeletionDraft }) => {
      const { selection, preview, ...confirmed } = job.draft;
      const doomed = await promptsOfItems(db, job.by.workspaceId, job.projectId, selection);
      if (preview) return { dependants: await findDependants(db, doomed), deletion: null };
      return deletePrompts(db, job.by, doomed, confirmed);
    },
    modelCard: async ({ workspaceId, id }: { workspaceId: string; id: string }) =>
      modelCard(await modelCardFacts(db, workspaceId, id)),
    labelSetRows: ({ asked, ...set }: LabelSetExport, signal: AbortSignal) =>
      exportedSet(db, set, labelSetRows(db, set, signal), asked),
  };
}

export type ReadingJobs = ReturnType<typeof readingJobs>;
