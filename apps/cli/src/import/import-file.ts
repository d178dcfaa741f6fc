import { openAsBlob } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Client } from "@touchstone/api-client";
import {
  type ColumnConflict,
  conflictsOf,
  type ImportReceipt,
  type ImportView,
  mappingOf,
  type ReceiptQuery,
} from "@touchstone/contracts";
import { counted } from "@touchstone/datasets";
import { callerPath } from "../rlhf/files/caller-path.ts";
import { telling } from "../rlhf/files/read-rows.ts";
import { UsageError } from "../rlhf/usage-error.ts";
import { agrees, canAsk } from "./agree.ts";
import { choicesOf, withoutReplaced } from "./column-flags.ts";
import { asking, connect, tellUnknownOutcome } from "./connection.ts";
import { findProject } from "./find-project.ts";
import type { ImportOptions } from "./import-options.ts";
import { receiptPage } from "./receipt-page.ts";

const exits = { imported: 0, impossible: 1, notAgreed: 2 } as const;
type Exit = (typeof exits)[keyof typeof exits];

interface Target {
  readonly client: Client;
  readonly projectId: string;
  readonly upload: { readonly body: Blob; readonly contentType: "application/octet-stream" };
}

/**
 * `import FILE`: the receipt first, and what it says only once it was agreed to.
 *
 * @returns the exit code
 * @throws UsageError; nothing has been written then, or it says that this is not known
 */
export async function importFile(path: string, options: ImportOptions): Promise<Exit> {
  const { client, address } = connect(options);
  const reading = await readingOf(options);
  const file = await openFile(path);
  return asking(address, async () => {
    const project = await findProject(client, options.project);
    const target: Target = {
      client,
      projectId: project.id,
      upload: { body: file, contentType: "application/octet-stream" },
    };
    const receipt = await receiptOf(target, reading, options);
    const say = (text: string) => (options.json ? process.stderr : process.stdout).write(text);
    say(receiptPage(basename(path), receipt));
    const told = (exit: Exit, imported: ImportView | null) => {
      if (options.json) process.stdout.write(`${JSON.stringify({ receipt, imported })}\n`);
      return exit;
    };
    const leaveOut = receipt.counts.badRows > 0 && (await leavesOut(receipt, options));
    const obstacle = obstacleOf(receipt, leaveOut);
    if (obstacle !== null) {
      process.stderr.write(`\n${obstacle} Nothing was imported.\n`);
      return told(exits.impossible, null);
    }
    if (options.receipt) return told(exits.imported, null);
    if (!(await isAgreed(project.name, options))) return told(exits.notAgreed, null);
    const sending = { ...options, leaveOut, fileName: basename(path).slice(0, 200) };
    const imported = await send(target, receipt, sending).catch((error: unknown) =>
      tellUnknownOutcome(address, project.name, error),
    );
    say(`\n${resultText(imported, project.name)}\n`);
    return told(exits.imported, imported);
  });
}

/** A view of the file: if its bytes change under way, reading it fails, and nothing is imported. */
async function openFile(path: string): Promise<Blob> {
  const full = callerPath(path);
  return telling(path, async () => {
    if (!(await stat(full)).isFile()) throw new UsageError(`${path} is no file.`);
    return openAsBlob(full);
  });
}

/** What the flags say of how the file is read, but for single columns. */
async function readingOf({ as, mapping, question, column }: ImportOptions): Promise<ReceiptQuery> {
  if (mapping !== undefined && column !== undefined) {
    throw new UsageError("--mapping and --column both say what the columns are. Give one of them.");
  }
  if (mapping !== undefined && as !== undefined && as !== "columns") {
    throw new UsageError(`--mapping says which column is what, and --as ${as} that they are known. Give one of them.`);
  }
  const asked = question === undefined ? {} : { question };
  if (mapping !== undefined) {
    const text = await telling(mapping, () => readFile(callerPath(mapping), "utf8"));
    return { ...asked, format: "columns", mapping: text };
  }
  // Columns need a mapping, which is made of what the file is taken for.
  return as === undefined || as === "columns" ? asked : { ...asked, format: as };
}

async function receiptOf(target: Target, query: ReceiptQuery, options: ImportOptions): Promise<ImportReceipt> {
  const { client, projectId, upload } = target;
  const ask = (reading: ReceiptQuery) => client.makeReceipt({ params: { id: projectId }, query: reading, upload });
  const first = await ask(query);
  const choices = choicesOf(options.column ?? []);
  const isToBeColumns = choices.length > 0 || (options.as === "columns" && first.format !== "columns");
  if (!isToBeColumns || options.mapping !== undefined) return first;
  const columns = withoutReplaced(first.columns, choices);
  const stopping = conflictsOf({ columns }, choices).find(({ code }) => code === "tooMany" || code === "pathTooLong");
  if (stopping) throw new UsageError(unheld(stopping));
  const mapping = JSON.stringify(mappingOf({ ...first, columns }, choices));
  return ask({ question: first.question, ...query, format: "columns", mapping });
}

/** What of the columns no mapping can hold, and what to do about it. */
function unheld({ path, code, values: { count = 0, expected = 0 } }: ColumnConflict): string {
  return code === "tooMany"
    ? `${counted(count, "column")} would be what ${path} is said to be, and at most ${expected} can be. Leave some out: --column unused=NAME.`
    : `The name of the column ${path} has ${count} characters, and at most ${expected} can be read. Rename it in the file, or leave it out: --column unused=NAME.`;
}

/** Rows are left out only by a word of their own. */
async function leavesOut({ counts }: ImportReceipt, options: ImportOptions): Promise<boolean> {
  if (options.leaveOut) return true;
  if (options.yes || options.receipt || counts.badRows === counts.rows || !canAsk()) return false;
  return agrees(`\nLeave ${counted(counts.badRows, "row")} out and import the others?`);
}

/** Why the file can't be imported as it was asked for. */
function obstacleOf({ warnings, counts }: ImportReceipt, leaveOut: boolean): string | null {
  if (warnings.some(({ weight }) => weight === "stop")) {
    return "As it is read now it can't be imported. Put right what is marked ✗, or say with --column, --as or --mapping how to read it.";
  }
  if (counts.badRows === 0 || leaveOut) return null;
  return `${counted(counts.badRows, "row")} can't be taken. Put them right, or import the others with --leave-out.`;
}

async function isAgreed(project: string, options: ImportOptions): Promise<boolean> {
  if (options.yes) return true;
  if (!canAsk()) {
    process.stderr.write("\nNothing was imported: nobody is here to ask. Agree to the receipt with --yes.\n");
    return false;
  }
  const agreed = await agrees(`\nImport this into “${project}”?`);
  if (!agreed) process.stderr.write("Nothing was imported.\n");
  return agreed;
}

interface Sending extends Pick<ImportOptions, "closed" | "pilot"> {
  readonly leaveOut: boolean;
  readonly fileName: string;
}

function send({ client, projectId, upload }: Target, receipt: ImportReceipt, sending: Sending): Promise<ImportView> {
  const { closed, pilot, leaveOut, fileName } = sending;
  const { format, mapping, question, digest } = receipt;
  const query = {
    format,
    ...(mapping ? { mapping: JSON.stringify(mapping) } : {}),
    question,
    open: closed ? "false" : "true",
    ...(pilot === undefined ? {} : { pilot }),
    fileName,
    receipt: digest,
    leaveOut: leaveOut ? "true" : "false",
  } as const;
  return client.importRows({ params: { id: projectId }, query, upload });
}

function resultText({ rows, prompts, tasks, judgements, duplicates }: ImportView, project: string): string {
  const brought = [counted(prompts, "prompt"), counted(tasks, "task"), counted(judgements, "judgement")].join(", ");
  const known =
    duplicates > 0 ? ` ${counted(duplicates, "vote")} left out: the same person had judged the same task already.` : "";
  return `${counted(rows, "row")} imported into “${project}”: ${brought} new.${known}`;
}
