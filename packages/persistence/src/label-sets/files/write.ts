import { createHash } from "node:crypto";
import type { Database } from "../../client.ts";
import { exportedSet } from "../../exports/export-lines.ts";
import type { JudgementSource } from "../../exports/export-rows.ts";
import { judgementsOf, labelSetRows } from "../../exports/open-export.ts";
import type { FileStore } from "../../files/file-store.ts";
import type { FrozenJudgement } from "../read-judgements.ts";
import { beatLabelSetFile, finishLabelSetFile, type HeldFile } from "./held.ts";
import { folderOfSet } from "./view.ts";

/** Milliseconds between heartbeats: five fit into the time after which a worker counts as dead. */
const heartbeatMs = 3_000;

export interface WritingTools {
  readonly db: Database;
  readonly files: FileStore;
}

/** Thrown where another worker has the file, or it is no longer wanted: what was written is removed. */
export class FileLostError extends Error {
  override readonly name = "FileLostError";
}

/**
 * Writes a file of a label set by streaming: its rows are read in batches, each in a transaction of its own, and what the
 * process holds does not depend on how many there are. The store shows it once all of it is on disk, and the row names it
 * after that: nobody ever sees half of one.
 *
 * @param stop aborted where this worker is to end
 * @throws FileLostError; DomainError where something of the set was deleted meanwhile.
 */
export async function writeLabelSetFile({ db, files }: WritingTools, held: HeldFile, stop: AbortSignal): Promise<void> {
  const lost = new AbortController();
  const signal = AbortSignal.any([stop, lost.signal]);
  const folder = `${folderOfSet(held)}/${held.id}`;
  const path = `${folder}/${held.attempt}/file`;
  let rows = 0;
  let beating = false;
  const timer = setInterval(() => {
    if (beating) return;
    beating = true;
    // Without an answer it goes on: whether the file is still ours is asked again before it counts.
    beatLabelSetFile(db, held, rows)
      .then((isOurs) => {
        if (!isOurs) lost.abort(new FileLostError(`label set file ${held.id} is no longer this worker's`));
      })
      .catch(() => undefined)
      .finally(() => {
        beating = false;
      });
  }, heartbeatMs);
  try {
    // What earlier attempts left that were killed. A later one may be at work if this was asleep: its own is left alone.
    for (let attempt = 0; attempt < held.attempt; attempt++) await files.removePrefix(`${folder}/${attempt}`);
    const hash = createHash("sha256");
    const open = new OpenPairs();
    const judgements = open.countedIn(judgementsOf(db, held.projectId, held.labelSetId));
    async function* content() {
      for await (const part of exportedSet(db, held, labelSetRows(db, held, signal, judgements), held.asked)) {
        signal.throwIfAborted();
        rows += part.rows;
        hash.update(part.bytes);
        yield part.bytes;
      }
    }
    const bytes = await files.put(path, content());
    const written = { path, bytes, sha256: hash.digest("hex"), rows, blind: open.judgements.size };
    if (await finishLabelSetFile(db, held, written)) return;
    await files.remove(path);
    throw new FileLostError(`label set file ${held.id} was not wanted as it was written`);
  } finally {
    clearInterval(timer);
  }
}

/** Judgements whose pairs are still open, each once, however often a file reads its rows. Few: evaluations are small. */
class OpenPairs {
  readonly judgements = new Set<string>();

  countedIn(source: JudgementSource): JudgementSource {
    const look = (batches: AsyncGenerator<FrozenJudgement[]>) => this.#look(batches);
    return {
      all: () => look(source.all()),
      async *byPrompts() {
        for await (const part of source.byPrompts()) yield look(part);
      },
    };
  }

  async *#look(batches: AsyncGenerator<FrozenJudgement[]>): AsyncGenerator<FrozenJudgement[]> {
    for await (const batch of batches) {
      for (const { blind, judgementId } of batch) if (blind) this.judgements.add(judgementId);
      yield batch;
    }
  }
}
