import type { OutboxEntry } from "../workbench/outbox/entry.ts";
import { Outbox, type OutboxPorts, type OutboxSnapshot } from "../workbench/outbox/outbox.ts";
import type { OutboxStore } from "../workbench/outbox/outbox-store.ts";
import { type SendingApi, sendEntry } from "../workbench/outbox/send-entry.ts";

export type Correction = Extract<OutboxEntry, { kind: "correction" }>;

export interface CorrectionBoxPorts {
  readonly api: SendingApi;
  readonly store: OutboxStore;
  readonly memberId: string;
  readonly projectId: string;
  readonly online: () => boolean;
  readonly alone: OutboxPorts["alone"];
  /** What the server has of this person's answers is another than before. */
  readonly onSaved: () => void;
}

export interface BoxSnapshot {
  readonly outbox: OutboxSnapshot;
  /** Corrections in this project that wait to be sent. */
  readonly waiting: readonly Correction[];
  /** Those that the server did not take, and why. */
  readonly refused: readonly { readonly entry: Correction; readonly error: unknown }[];
}

/** The one outbox of this browser, for as long as the page with one's own answers is open; the desk has it at other times. */
export class CorrectionBox {
  readonly store: OutboxStore;
  readonly #ports: CorrectionBoxPorts;
  readonly #outbox: Outbox;
  readonly #listeners = new Set<() => void>();
  #snapshot: BoxSnapshot;

  constructor(ports: CorrectionBoxPorts) {
    const { api, store, memberId, online, alone, onSaved } = ports;
    this.#ports = ports;
    this.store = store;
    this.#outbox = new Outbox({
      store,
      memberId,
      online,
      alone,
      send: (entry) => sendEntry(api, entry),
      onSent: onSaved,
      onSentElsewhere: onSaved,
      onRefused: onSaved,
      onChange: () => this.#publish(),
    });
    this.#snapshot = this.#compose();
  }

  readonly read = (): BoxSnapshot => this.#snapshot;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** For the board of a correction, which shows what waits. */
  get outbox(): Outbox {
    return this.#outbox;
  }

  /** Takes up what earlier pages left. */
  open(): Promise<void> {
    return this.#outbox.open();
  }

  /** Resolves once it is kept in the browser and sending it was tried. */
  add(entry: Correction): Promise<void> {
    return this.#outbox.add(entry);
  }

  /** Takes back what was never sent. False where the server may have it. */
  withdraw(entry: Correction): Promise<boolean> {
    return this.#outbox.withdraw(entry.key);
  }

  retry(): void {
    void this.#outbox.resume();
  }

  /** Gives up one that was refused. */
  discard(entry: Correction): Promise<void> {
    return this.#outbox.discardRefused(({ key }) => key === entry.key);
  }

  close(): void {
    this.#outbox.close();
  }

  #publish(): void {
    this.#snapshot = this.#compose();
    for (const listener of this.#listeners) listener();
  }

  #compose(): BoxSnapshot {
    const here = (entry: OutboxEntry): entry is Correction =>
      entry.kind === "correction" && entry.projectId === this.#ports.projectId;
    const outbox = this.#outbox.read();
    return {
      outbox,
      waiting: this.#outbox.waiting().filter(here),
      refused: outbox.refused.flatMap(({ entry, error }) => (here(entry) ? [{ entry, error }] : [])),
    };
  }
}
