import type { SocketEvent } from "@touchstone/contracts";
import type { Connection } from "./connection.ts";

/** Whatever happens, a topic is read and sent at most this often: people see a count move, not each step of it. */
const quietMs = 1_000;
/** Reading may take at most this share of the time: a costly topic is refreshed less often. */
const restPerRead = 4;

/** What a topic shows at present. */
type Read = () => Promise<SocketEvent>;

interface Topic {
  listeners: Set<Connection>;
  read: Read;
  /** Set while a refresh waits or runs; further changes join it. */
  pending: boolean;
  /** Not before this time, in milliseconds of the process's clock. */
  notBefore: number;
}

/** Who listens to what, and when it is read anew. However many listen, each process reads a topic once for all of them. */
export class Topics {
  private readonly topics = new Map<string, Topic>();
  private readonly onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  listen(name: string, connection: Connection, read: Read): void {
    const topic = this.topics.get(name) ?? { listeners: new Set(), read, pending: false, notBefore: 0 };
    topic.listeners.add(connection);
    this.topics.set(name, topic);
    connection.topics.add(name);
  }

  leave(name: string, connection: Connection): void {
    connection.topics.delete(name);
    const topic = this.topics.get(name);
    topic?.listeners.delete(connection);
    if (topic?.listeners.size === 0) this.topics.delete(name);
  }

  leaveAll(connection: Connection): void {
    for (const name of [...connection.topics]) this.leave(name, connection);
  }

  /** Sends an event as it is, at once. */
  publish(name: string, event: SocketEvent): void {
    const listeners = this.topics.get(name)?.listeners;
    if (!listeners) return;
    const text = JSON.stringify(event);
    for (const connection of listeners) connection.sendText(text);
  }

  /** Something changed: reads the topic and sends it, soon, once for all changes until then. */
  changed(name: string): void {
    const topic = this.topics.get(name);
    if (!topic || topic.pending) return;
    topic.pending = true;
    setTimeout(() => this.refresh(name, topic), Math.max(0, topic.notBefore - performance.now())).unref();
  }

  /** After news may have been missed. */
  allChanged(): void {
    for (const name of this.topics.keys()) this.changed(name);
  }

  private async refresh(name: string, topic: Topic): Promise<void> {
    const start = performance.now();
    // From here on a further change asks for another reading, since this one may not see it any more.
    topic.pending = false;
    topic.notBefore = start + quietMs;
    try {
      const event = await topic.read();
      const end = performance.now();
      topic.notBefore = Math.max(start + quietMs, end + restPerRead * (end - start));
      this.publish(name, event);
    } catch (error) {
      this.onError(error);
    }
  }
}
