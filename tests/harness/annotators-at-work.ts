import { setTimeout as sleep } from "node:timers/promises";
import type { JudgementReceipt, JudgementSubmission, LeasedTask } from "@touchstone/contracts";
import type { Database } from "@touchstone/persistence";
import { type LabellingProject, submissionFor } from "./labelling-project.ts";
import { RemoteVisitor } from "./remote-visitor.ts";
import { createLogin } from "./visitor.ts";

/** Between two tries of the same request, as the page's outbox waits. */
const retryMs = 50;

/** A write that was acknowledged: from here on it must never be lost. */
export interface Acknowledged {
  readonly submission: JudgementSubmission;
  readonly receipt: JudgementReceipt;
  /** Milliseconds from the first try to the acknowledgement. */
  readonly ms: number;
}

/** A request that was answered by 500 or above, or by nothing at all. */
export interface Trouble {
  readonly path: string;
  /** Null where the connection broke. */
  readonly status: number | null;
}

interface Options {
  /** Origin of the API; asked anew for each request, since a killed one may come back elsewhere. */
  readonly url: () => string;
  readonly project: LabellingProject;
  /** @default 16 */
  readonly people?: number;
  /** What their addresses begin with; others than those of another load on the same database. @default "annotator" */
  readonly name?: string;
  /** Milliseconds that each of them reads before they answer. @default 0 */
  readonly readingMs?: number;
}

/**
 * So many annotators who claim and judge without a pause, each asking again with the same body until the server answers,
 * as the page does. The one load that kills, attacks and benchmarks share.
 */
export class AnnotatorsAtWork {
  readonly acknowledged: Acknowledged[] = [];
  readonly troubles: Trouble[] = [];
  readonly #options: Options;
  readonly #visitors: readonly RemoteVisitor[];
  #isStopped = false;

  private constructor(options: Options, visitors: readonly RemoteVisitor[]) {
    this.#options = options;
    this.#visitors = visitors;
  }

  /** Makes their logins in the project's workspace and signs them in. */
  static async signIn(db: Database, options: Options): Promise<AnnotatorsAtWork> {
    const { url, project, people = 16, name = "annotator" } = options;
    const emails = Array.from({ length: people }, (_, place) => `${name}-${place}@example.org`);
    for (const email of emails) {
      await createLogin(db, email, { workspaceId: project.workspaceId, role: "annotator" });
    }
    return new AnnotatorsAtWork(options, await Promise.all(emails.map((email) => RemoteVisitor.signIn(url(), email))));
  }

  /** Until no task is left for any of them, or until they are told to stop; they may be sent to work again. */
  async work(): Promise<void> {
    this.#isStopped = false;
    await Promise.all(this.#visitors.map((visitor) => this.#annotate(visitor)));
  }

  /** Each ends with the answer that is under way. */
  stop(): void {
    this.#isStopped = true;
  }

  async #annotate(visitor: RemoteVisitor): Promise<void> {
    const claims = `/api/work/${this.#options.project.projectId}/claims`;
    while (!this.#isStopped) {
      const claimed = await this.#insist<{ tasks: LeasedTask[] }>(visitor, claims, { count: 1 });
      let task = claimed.tasks[0] ?? null;
      if (!task) return;
      while (task && !this.#isStopped) {
        await sleep(this.#options.readingMs ?? 0);
        const submission = submissionFor(task);
        const startedAt = performance.now();
        const receipt: JudgementReceipt = await this.#insist(visitor, "/api/judgements", submission);
        this.acknowledged.push({ submission, receipt, ms: performance.now() - startedAt });
        task = receipt.next;
      }
    }
  }

  async #insist<T>(visitor: RemoteVisitor, path: string, body: unknown): Promise<T> {
    for (;;) {
      const response = await visitor
        .at(this.#options.url())
        .send("POST", path, body)
        .catch(() => undefined);
      // The body may be cut off by a kill as well.
      const text = await response?.text().catch(() => undefined);
      if (response?.ok && text !== undefined) return JSON.parse(text);
      const status = text === undefined ? null : (response?.status ?? null);
      if (status !== null && status < 500) throw new Error(`${path}: ${status} ${text}`);
      this.troubles.push({ path, status });
      await sleep(retryMs);
    }
  }
}

/** What became of acknowledged judgements: how many are not there as acknowledged, and how many are there twice. */
export async function lostAndDoubled(db: Database, projectId: string, acknowledged: readonly Acknowledged[]) {
  const kept = await db.judgement.findMany({ where: { projectId }, select: { id: true, idempotencyKey: true } });
  const byKey = new Map(kept.map((row) => [row.idempotencyKey, row.id]));
  const lost = acknowledged.filter(
    ({ submission, receipt }) => byKey.get(submission.idempotencyKey) !== receipt.judgementId,
  );
  return { kept: kept.length, lost: lost.length, doubled: kept.length - byKey.size };
}
