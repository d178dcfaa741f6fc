import type { JudgementReceipt, LeasedTask, ProjectTally } from "@touchstone/contracts";
import type { OutboxEntry } from "./entry.ts";
import type { OutboxStore } from "./outbox-store.ts";
import { failureOf, waitBeforeRetryMs } from "./retry.ts";

/** What the server said to an entry. */
export type Sent =
  | { readonly kind: "judgement"; readonly receipt: JudgementReceipt }
  | { readonly kind: "correction"; readonly judgementId: string }
  | { readonly kind: "skip"; readonly next: LeasedTask | null; readonly here?: ProjectTally | undefined };

export interface OutboxSnapshot {
  /** Kept here and not acknowledged. */
  readonly pending: number;
  /** How many of all that is here the browser could not keep: they are lost if this window goes. */
  readonly unkept: number;
  readonly connection: "online" | "offline";
  /** The session has ended: nothing is sent before the next sign-in. */
  readonly signedOut: boolean;
  /** Why entries were refused for good; they are kept until the person decides. */
  readonly refused: readonly { readonly entry: OutboxEntry; readonly error: unknown }[];
}

/** How often something was sent by this page, and why that came to nothing the last time. */
export interface Tries {
  readonly times: number;
  readonly error?: unknown;
}

/** What a window knows of all that waits in its browser. */
export interface Standing extends Pick<OutboxPorts, "store" | "memberId"> {
  readonly here: readonly OutboxEntry[];
  /** Keys of what the browser has put away, and of what it would not. */
  readonly kept: ReadonlySet<string>;
  readonly unkept: ReadonlySet<string>;
  readonly tries: ReadonlyMap<string, Tries>;
  readonly refused: OutboxSnapshot["refused"];
}

export interface OutboxPorts {
  readonly store: OutboxStore;
  readonly memberId: string;
  readonly online: () => boolean;
  readonly send: (entry: OutboxEntry) => Promise<Sent>;
  /** Called when the entry is acknowledged. */
  readonly onSent: (entry: OutboxEntry, sent: Sent) => void;
  /** Called when another window has sent the entry; what came back for it is there. */
  readonly onSentElsewhere: (entry: OutboxEntry) => void;
  /** Called when the server will not take the entry; why may hold for what comes next too. */
  readonly onRefused: (entry: OutboxEntry) => void;
  /** Runs the work while no other window of this browser sends. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
  readonly onChange: () => void;
}

/** Sends in the order in which things were done, one at a time, until each is acknowledged. */
export class Outbox {
  readonly #ports: OutboxPorts;
  #entries: OutboxEntry[] = [];
  /** How often each was sent from here, and what came of it last. */
  readonly #tries = new Map<string, Tries>();
  /** Sent at least once, here or by an earlier page: the server may have it even if no answer came. */
  readonly #attempted = new Set<string>();
  /** In the browser's database. One that is gone from there without us was sent by another window. */
  readonly #kept = new Set<string>();
  /** What the browser's database would not take, as when the disk is full. */
  readonly #unkept = new Set<string>();
  #refused: { entry: OutboxEntry; error: unknown }[] = [];
  #connection: "online" | "offline" = "online";
  #signedOut = false;
  #failures = 0;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #snapshot: OutboxSnapshot = { pending: 0, unkept: 0, connection: "online", signedOut: false, refused: [] };

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  read(): OutboxSnapshot {
    return this.#snapshot;
  }

  /** Tasks whose answers the server may not have yet. */
  taskIds(): readonly string[] {
    return this.#all().flatMap(({ taskId }) => taskId ?? []);
  }

  /** Takes up what an earlier page left, and sends it. Resolves when that was tried once. */
  async open(): Promise<void> {
    await this.#load();
    await this.flush();
  }

  /** How much of a project the server's counts do not have yet. */
  pendingOf(projectId: string): { readonly judgements: number; readonly skips: number } {
    const entries = this.#entries.filter((entry) => entry.projectId === projectId);
    const ofKind = (wanted: OutboxEntry["kind"]): number => entries.filter(({ kind }) => kind === wanted).length;
    // A correction changes no count.
    return { judgements: ofKind("judgement"), skips: ofKind("skip") };
  }

  /** Whether the server has not acknowledged this yet. */
  holds(key: string): boolean {
    return this.#entries.some((entry) => entry.key === key);
  }

  /** Keeps the entry in the browser first and sends it then. */
  async add(entry: OutboxEntry): Promise<void> {
    this.#entries.push(entry);
    this.#changed();
    // A full disk must not keep an answer from the server, where it is safer still.
    await this.#ports.store.put(entry).then(
      () => this.#kept.add(entry.key),
      () => {
        this.#unkept.add(entry.key);
        this.#changed();
      },
    );
    await this.flush();
  }

  /** Takes an entry back that was never sent. False when the server may have it. */
  async withdraw(key: string): Promise<boolean> {
    if (this.#attempted.has(key) || !this.holds(key)) return false;
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
    this.#changed();
    await this.#forget(key);
    return true;
  }

  /** Sends what waits; joins a sending that goes on already. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#ports
      .alone(() => this.#sendAll())
      .finally(() => {
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

  /** What waits to be sent, in its order. */
  waiting(): readonly OutboxEntry[] {
    return this.#entries;
  }

  /** All that this window knows of what is here, for whoever looks at it one by one. */
  standing(): Standing {
    const { store, memberId } = this.#ports;
    const [kept, unkept, tries] = [this.#kept, this.#unkept, this.#tries];
    return { store, memberId, here: this.#all(), kept, unkept, tries, refused: this.#refused };
  }

  /** Takes one away for good, whatever stands in it; the server may have it already. */
  async discard(key: string): Promise<void> {
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
    this.#refused = this.#refused.filter(({ entry }) => entry.key !== key);
    this.#changed();
    await this.#forget(key);
  }

  /** Gives up what was refused, or what of it is chosen. */
  async discardRefused(chosen: (entry: OutboxEntry) => boolean = () => true): Promise<void> {
    const gone = this.#refused.filter(({ entry }) => chosen(entry));
    this.#refused = this.#refused.filter((one) => !gone.includes(one));
    this.#changed();
    for (const { entry } of gone) await this.#forget(entry.key);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #sendAll(): Promise<void> {
    for (let entry = this.#entries[0]; entry && !this.#signedOut; entry = this.#entries[0]) {
      if (!this.#ports.online()) return this.#waitForConnection();
      if (await this.#wasSentElsewhere(entry)) {
        this.#drop(entry);
        this.#ports.onSentElsewhere(entry);
        continue;
      }
      this.#attempted.add(entry.key);
      let sent: Sent;
      try {
        sent = await this.#ports.send(entry);
      } catch (error) {
        this.#tries.set(entry.key, { times: (this.#tries.get(entry.key)?.times ?? 0) + 1, error });
        if (await this.#goesOnAfter(error, entry)) continue;
        return;
      }
      // From here on the server has it: whatever fails below is not a failure of sending.
      this.#failures = 0;
      this.#connection = "online";
      this.#drop(entry);
      this.#ports.onSent(entry, sent);
      await this.#forget(entry.key);
    }
  }

  async #wasSentElsewhere(entry: OutboxEntry): Promise<boolean> {
    if (!this.#kept.has(entry.key)) return false;
    return !(await this.#ports.store.has(entry.key).catch(() => true));
  }

  /** Whether the entries behind this one may be sent now. */
  async #goesOnAfter(error: unknown, entry: OutboxEntry): Promise<boolean> {
    const failure = failureOf(error, entry);
    // Whoever refuses has answered.
    if (failure !== "offline" && failure !== "later") this.#connection = "online";
    if (failure === "refused") this.#refused.push({ entry, error });
    if (failure === "refused" || failure === "pointless") {
      this.#drop(entry);
      if (failure === "pointless") await this.#forget(entry.key);
      this.#ports.onRefused(entry);
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

  /** Takes up what is in the browser's database and not here; an earlier page may have sent it. */
  async #load(): Promise<void> {
    const entries = await this.#ports.store.entriesOf(this.#ports.memberId);
    for (const { key } of entries) {
      this.#attempted.add(key);
      this.#kept.add(key);
    }
    this.#entries = [...entries];
    this.#changed();
  }

  #all(): readonly OutboxEntry[] {
    return [...this.#entries, ...this.#refused.map(({ entry }) => entry)];
  }

  #drop(entry: OutboxEntry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#changed();
  }

  /** What cannot be removed now is sent again by a later page, and its key counts once. */
  async #forget(key: string): Promise<void> {
    await this.#ports.store.remove(key).catch(() => undefined);
  }

  #changed(): void {
    this.#snapshot = {
      pending: this.#entries.length,
      unkept: this.#all().filter(({ key }) => !this.#ports.store.lasts || this.#unkept.has(key)).length,
      connection: this.#connection,
      signedOut: this.#signedOut,
      refused: this.#refused,
    };
    this.#ports.onChange();
  }
}
