import type { JudgementReceipt, LeasedTask } from "@touchstone/contracts";
import type { OutboxEntry } from "./entry.ts";
import type { OutboxStore } from "./outbox-store.ts";
import { failureOf, waitBeforeRetryMs } from "./retry.ts";

/** What the server said to an entry. */
export type Sent =
  | { readonly kind: "judgement"; readonly receipt: JudgementReceipt }
  | { readonly kind: "skip"; readonly next: LeasedTask | null };

export interface OutboxSnapshot {
  /** Kept here and not acknowledged. */
  readonly pending: number;
  readonly connection: "online" | "offline";
  /** The session has ended: nothing is sent before the next sign-in. */
  readonly signedOut: boolean;
  /** Why entries were refused for good; they are kept until the person decides. */
  readonly refused: readonly { readonly entry: OutboxEntry; readonly error: unknown }[];
}

export interface OutboxPorts {
  readonly store: OutboxStore;
  readonly memberId: string;
  readonly online: () => boolean;
  readonly send: (entry: OutboxEntry) => Promise<Sent>;
  /** Called when the entry is acknowledged and gone from here. */
  readonly onSent: (entry: OutboxEntry, sent: Sent) => void;
  readonly onChange: () => void;
}

/** Sends in the order in which things were done, one at a time, until each is acknowledged. */
export class Outbox {
  readonly #ports: OutboxPorts;
  #entries: OutboxEntry[] = [];
  /** Sent at least once: the server may have it even if no answer came. */
  readonly #attempted = new Set<string>();
  #refused: { entry: OutboxEntry; error: unknown }[] = [];
  #connection: "online" | "offline" = "online";
  #signedOut = false;
  #failures = 0;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #snapshot: OutboxSnapshot = { pending: 0, connection: "online", signedOut: false, refused: [] };

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  read(): OutboxSnapshot {
    return this.#snapshot;
  }

  /** Tasks whose answers the server may not have yet. */
  taskIds(): readonly string[] {
    return [...this.#entries, ...this.#refused.map(({ entry }) => entry)].flatMap(({ taskId }) => taskId ?? []);
  }

  /** Takes up what an earlier page left, and sends it. Resolves when that was tried once. */
  async open(): Promise<void> {
    this.#entries = [...(await this.#ports.store.entriesOf(this.#ports.memberId))];
    this.#changed();
    await this.flush();
  }

  /** Judgements of a project that today's count at the server does not have yet. */
  pendingJudgements(projectId: string): number {
    return this.#entries.filter((entry) => entry.kind === "judgement" && entry.projectId === projectId).length;
  }

  /** Keeps the entry in the browser first and sends it then. */
  async add(entry: OutboxEntry): Promise<void> {
    this.#entries.push(entry);
    this.#changed();
    // A full disk must not keep an answer from the server, where it is safer still.
    await this.#ports.store.put(entry).catch(() => undefined);
    await this.flush();
  }

  /** Takes an entry back that was never sent. False when the server may have it. */
  async withdraw(key: string): Promise<boolean> {
    if (this.#attempted.has(key) || !this.#entries.some((entry) => entry.key === key)) return false;
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
    this.#changed();
    await this.#ports.store.remove(key);
    return true;
  }

  /** Sends what waits; joins a sending that goes on already. */
  flush(): Promise<void> {
    this.#running ??= this.#sendAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** The connection is back, or someone signed in: no need to wait out the timer. */
  resume(): Promise<void> {
    this.#failures = 0;
    this.#signedOut = false;
    this.#entries.unshift(...this.#refused.map(({ entry }) => entry));
    this.#refused = [];
    this.#changed();
    return this.flush();
  }

  async discardRefused(): Promise<void> {
    const gone = this.#refused;
    this.#refused = [];
    this.#changed();
    for (const { entry } of gone) await this.#ports.store.remove(entry.key);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #sendAll(): Promise<void> {
    clearTimeout(this.#timer);
    for (let entry = this.#entries[0]; entry && !this.#signedOut; entry = this.#entries[0]) {
      if (!this.#ports.online()) return this.#waitForConnection();
      this.#attempted.add(entry.key);
      try {
        const sent = await this.#ports.send(entry);
        this.#failures = 0;
        this.#connection = "online";
        await this.#drop(entry);
        this.#ports.onSent(entry, sent);
      } catch (error) {
        if (!(await this.#goesOnAfter(error, entry))) return;
      }
    }
  }

  /** Whether the entries behind this one may be sent now. */
  async #goesOnAfter(error: unknown, entry: OutboxEntry): Promise<boolean> {
    const failure = failureOf(error, entry);
    if (failure === "refused") this.#refused.push({ entry, error });
    if (failure === "refused" || failure === "pointless") {
      if (failure === "pointless") await this.#ports.store.remove(entry.key);
      this.#entries = this.#entries.filter((other) => other !== entry);
      this.#changed();
      return true;
    }
    if (failure === "signed-out") this.#signedOut = true;
    else this.#waitForConnection(failure === "offline");
    this.#changed();
    return false;
  }

  #waitForConnection(offline = true): void {
    if (offline) this.#connection = "offline";
    this.#failures += 1;
    this.#timer = setTimeout(() => void this.flush(), waitBeforeRetryMs(this.#failures));
    this.#changed();
  }

  async #drop(entry: OutboxEntry): Promise<void> {
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#changed();
    await this.#ports.store.remove(entry.key);
  }

  #changed(): void {
    this.#snapshot = {
      pending: this.#entries.length,
      connection: this.#connection,
      signedOut: this.#signedOut,
      refused: this.#refused,
    };
    this.#ports.onChange();
  }
}
