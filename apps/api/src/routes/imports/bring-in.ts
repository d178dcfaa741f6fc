import {
  type ImportQuery,
  type ImportView,
  type ProjectView,
  type ReceiptQuery,
  togetherAsked,
} from "@touchstone/contracts";
import { type AskedOfRows, type ImportSource, keptReceipt, thereWarnings } from "@touchstone/datasets";
import {
  alreadyThere,
  type ImportProgress,
  type ImportWatch,
  importStaged,
  listMappings,
  mediaOfProject,
} from "@touchstone/persistence";
import type { FastifyInstance } from "fastify";
import type { Principal } from "../../plugins/principal.ts";
import { counted, type OpenFile, openCounter, type RecognitionData } from "../../threads/parsing-jobs.ts";
import { assertAgreed } from "./agreement.ts";
import { withEmbedded } from "./embedded.ts";
import { askedOf, savedReadings, sourceOf, togetherOf } from "./reading-query.ts";

/** A file that is about to be read for a project. */
interface FileOfProject {
  readonly file: OpenFile;
  readonly project: ProjectView;
}

/** What an import is asked to be. */
export interface WantedImport extends FileOfProject {
  readonly member: Principal;
  readonly query: ImportQuery;
  /** What the pictures and sounds of a workspace may take. */
  readonly mediaBytes: number;
}

/** Whoever waits for an import, and what they are told meanwhile. */
interface Watch {
  readonly signal: AbortSignal;
  /** Filled in as the import goes on; `bytesRead` is asked for. */
  readonly progress?: ImportProgress & { readBytes: () => number };
  readonly beforeCommit?: ImportWatch["beforeCommit"];
}

/** What an import of a file would make. @throws DomainError as `makeReceipt`; invalid_value for an unknown questionnaire. */
export async function lookThrough(
  app: FastifyInstance,
  { file, project, workspaceId }: FileOfProject & { readonly workspaceId: string },
  query: ReceiptQuery,
  signal: AbortSignal,
) {
  const source = sourceOf(query);
  const asked = query.question === undefined ? null : askedOf(project, query.question, query, source);
  const media = await knownMedia(app, project.id);
  // Whoever says how the file is read means no saved mapping.
  const bySaved = source === null && query.bySaved !== "false";
  const saved = bySaved ? await listMappings(app.database, workspaceId, project.id) : [];
  const wish = {
    ...{ source, asked, together: togetherOf(query), overlap: project.overlap },
    ...{ questionnaires: questionsByName(project), saved: savedReadings(project, saved) },
  };
  const { receipt, source: read, refusal } = await app.parsing.run("receipt", { file, wish, media }, signal);
  // Where nothing can be imported nothing can be there already.
  if (refusal || receipt.counts.badRows === receipt.counts.rows) return receipt;
  const rowsAsked = askedOf(project, receipt.question, togetherAsked(receipt.together), read);
  const job = { file, source: read, leaveOut: true, asked: rowsAsked, media };
  const scope = { workspaceId, projectId: project.id, sha256: file.sha256, asked: rowsAsked, mapping: receipt.mapping };
  const there = await alreadyThere(app.bulk.pool, scope, () => app.parsing.stream("identities", job, signal), signal);
  return there ? { ...receipt, there, warnings: [...thereWarnings(there), ...receipt.warnings] } : receipt;
}

/** Looked at before a file is read. @throws DomainError invalid_value for a questionnaire that is not there, invalid_mapping. */
export function assertAskable(project: ProjectView, query: ImportQuery | ReceiptQuery): void {
  const source = sourceOf(query);
  togetherOf(query);
  if (query.question !== undefined) askedOf(project, query.question, query, source);
}

/**
 * Imports a file as its receipt says: it is looked through once more, for the receipt may be of another file or of another
 * state of the project, then its rows are read, and then they are written, all or none.
 *
 * @throws DomainError as `assertAgreed` and `importStaged`. Nothing has been written.
 */
export async function bringIn(app: FastifyInstance, wanted: WantedImport, watch: Watch): Promise<ImportView> {
  const { file, member, project, query } = wanted;
  const { signal, progress } = watch;
  const asked = askedOf(project, query.question, query, sourceOf(query));
  const media = await knownMedia(app, project.id);
  const recognition = await look(app, wanted, { asked, media }, watch);
  assertAgreed(recognition, query);
  const { source, receipt } = recognition;
  const leaveOut = query.leaveOut === "true";
  const draft = { ...draftOf(wanted, source, asked), receipt: keptReceipt(receipt, file.sha256, leaveOut) };
  const counter = openCounter();
  if (progress) {
    Object.assign(progress, { phase: "reading", rowsRead: 0, rows: receipt.counts.rows });
    progress.readBytes = () => counted(counter);
  }
  const told: ImportWatch = {
    ...(watch.beforeCommit ? { beforeCommit: watch.beforeCommit } : {}),
    wrote: (step, steps) => progress && Object.assign(progress, { step, steps }),
  };
  async function* rows() {
    for await (const chunk of app.parsing.stream("stage", { file, source, leaveOut, asked, media, counter }, signal)) {
      if (progress) progress.rowsRead += chunk.rows;
      yield chunk;
    }
    if (progress) progress.phase = "writing";
  }
  const write = () => importStaged(app.bulk.pool, draft, rows(), signal, told);
  if (!receipt.counts.embedded) return write();
  const files = app.parsing.stream("embedded", { file, source, leaveOut, media }, signal);
  const stores = { pool: app.bulk.pool, files: app.files, limits: { bytes: wanted.mediaBytes } };
  return withEmbedded({ ...stores, who: member, projectId: project.id }, files, write);
}

interface Known {
  readonly asked: AskedOfRows;
  readonly media: Awaited<ReturnType<typeof knownMedia>>;
}

function look(
  app: FastifyInstance,
  { file, project, query }: WantedImport,
  { asked, media }: Known,
  { signal, progress }: Watch,
): Promise<RecognitionData> {
  const counter = openCounter();
  // It reads the file twice, once to see what it is made of and once as it would be imported.
  if (progress) progress.readBytes = () => counted(counter) / 2;
  const wish = { source: sourceOf(query), asked, overlap: project.overlap };
  return app.parsing.run("receipt", { file, wish, media, counter }, signal);
}

function draftOf({ member, project, query }: WantedImport, source: ImportSource, asked: AskedOfRows) {
  return {
    workspaceId: member.workspaceId,
    projectId: project.id,
    memberId: member.id,
    via: member.via,
    token: member.token,
    format: source.format,
    fileName: query.fileName ?? null,
    mapping: source.format === "columns" ? source.mapping : null,
    asked,
    open: query.open === "true",
    pilot: query.pilot ?? null,
  };
}

/** What rows can name. */
async function knownMedia(app: FastifyInstance, projectId: string) {
  return { projectId, refs: await mediaOfProject(app.databasePool, projectId) };
}

/** What the project asks, by name: the newest version of each. */
function questionsByName({ questionnaires }: ProjectView) {
  return Object.fromEntries(questionnaires.map(({ name, questions }) => [name, questions]));
}
