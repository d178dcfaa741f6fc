import { DomainError, SocketEvent } from "@touchstone/contracts";
import { showUntil } from "../figures/shared-readings.ts";
import { Turns } from "../figures/turns.ts";
import { type Connection, closeCodes } from "./connection.ts";

/** Of one workspace, at one process: each is a reading a second at most, and a page shows one or two. */
const mostTopicsOfWorkspace = 200;

/** What a topic shows at present. */
type Read = () => Promise<SocketEvent>;

interface Topic {
  readonly workspaceId: string;
  readonly listeners: Set<Connection>;
  readonly read: Read;
  /** Set while a refresh waits or runs; further changes join it. */
  pending: boolean;
  /** Not before this time, in milliseconds of the process's clock: people see a count move, not each step of it. */
  notBefore: number;
  /** What was read last, as it is sent. */
  shown?: string;
  reading?: Promise<string> | undefined;
  /** Waits until it is known who of the listeners may still have it. */
  readonly unsent: string[];
  sending: boolean;
}

interface Surroundings {
  /** Ends the sockets among these that may not have what is about to be sent. */
  readonly admit: (connections: Iterable<Connection>) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly onRead?: () => void;
}

/** Who listens to what, and when it is read anew. However many listen, each process reads a topic once for all of them. */
export class Topics {
  private readonly topics = new Map<string, Topic>();
  private readonly turns = new Turns();
  private readonly around: Surroundings;

  constructor(around: Surroundings) {
    this.around = around;
  }

  /**
   * Shows a topic to a connection, and from then on all that changes.
   *
   * @throws DomainError too_many_requests beyond what a workspace may watch; whatever the first reading throws.
   */
  async watch(name: string, connection: Connection, read: Read): Promise<void> {
    const topic = this.topics.get(name) ?? this.open(name, connection.holder.workspaceId, read);
    // Before the reading, so that what changes meanwhile is heard.
    topic.listeners.add(connection);
    connection.topics.add(name);
    try {
      const isFresh = topic.shown !== undefined && performance.now() < topic.notBefore;
      const text = isFresh ? topic.shown : await this.readFor(topic);
      await this.around.admit([connection]);
      connection.sendText(text ?? "");
    } catch (error) {
      this.leave(name, connection);
      throw error;
    }
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

  /** Sends an event as it is, as soon as it is known who may have it. */
  publish(name: string, event: SocketEvent): void {
    const topic = this.topics.get(name);
    if (topic) void this.send(topic, JSON.stringify(event));
  }

  /** Something changed: reads the topic and sends it, soon, once for all changes until then. */
  changed(name: string): void {
    const topic = this.topics.get(name);
    if (!topic || topic.pending) return;
    topic.pending = true;
    setTimeout(() => this.refresh(topic), Math.max(0, topic.notBefore - performance.now())).unref();
  }

  /** After news may have been missed. */
  allChanged(): void {
    for (const name of this.topics.keys()) this.changed(name);
  }

  private open(name: string, workspaceId: string, read: Read): Topic {
    const ofWorkspace = [...this.topics.values()].filter((topic) => topic.workspaceId === workspaceId).length;
    if (ofWorkspace >= mostTopicsOfWorkspace) {
      throw new DomainError(
        "too_many_requests",
        `A workspace can watch ${mostTopicsOfWorkspace} projects and runs at once; close pages that show others.`,
      );
    }
    const topic = { workspaceId, listeners: new Set<Connection>(), read, pending: false, notBefore: 0 };
    const opened: Topic = { ...topic, unsent: [], sending: false };
    this.topics.set(name, opened);
    return opened;
  }

  private async refresh(topic: Topic): Promise<void> {
    // One that is under way may not see this change any more.
    await topic.reading?.catch(() => undefined);
    topic.pending = false;
    if (topic.listeners.size === 0) return;
    try {
      await this.send(topic, await this.readFor(topic));
    } catch (error) {
      this.around.onError(error);
    }
  }

  /** Joins the reading under way. A workspace's topics are read one after another, so that none takes all connections. */
  private readFor(topic: Topic): Promise<string> {
    topic.reading ??= this.turns
      .take(topic.workspaceId, () => this.read(topic))
      .finally(() => {
        topic.reading = undefined;
      });
    return topic.reading;
  }

  private async read(topic: Topic): Promise<string> {
    const start = performance.now();
    topic.notBefore = showUntil(start, start);
    this.around.onRead?.();
    // Checked like any answer: a column added to a table never leaks by itself.
    const text = JSON.stringify(SocketEvent.parse(await topic.read()));
    topic.notBefore = showUntil(start, performance.now());
    topic.shown = text;
    return text;
  }

  /** In order, and however fast events come, with one look at a time at who may have them. */
  private async send(topic: Topic, text: string): Promise<void> {
    topic.unsent.push(text);
    if (topic.sending) return;
    topic.sending = true;
    while (topic.unsent.length > 0) {
      const texts = topic.unsent.splice(0);
      await this.around.admit(topic.listeners).catch((error: unknown) => {
        this.around.onError(error);
        // Nobody knows who may have it; a page that comes back reads what it missed.
        for (const connection of topic.listeners) connection.close(closeCodes.tryLater, "unavailable");
      });
      for (const connection of topic.listeners) for (const one of texts) connection.sendText(one);
    }
    topic.sending = false;
  }
}
