import { DomainError, SocketRequest, staff } from "@touchstone/contracts";
import { assertMayWork } from "@touchstone/persistence";
import { type Connection, closeCodes } from "./connection.ts";
import { present, type Shown, topicName } from "./present.ts";
import type { Topics } from "./topics.ts";

const staffRoles: ReadonlySet<string> = new Set(staff);

/** More than a page has; what is behind them is refused, not remembered. */
const mostWaiting = 60;
const windowMs = 60_000;
/** A page asks for one or two topics with each step of its reader. */
const subscriptionsPerMinute = 120;
/** Whoever says this much is no page; refusing each message would cost more than it is worth. */
const messagesPerMinute = 1_200;

/** What one client asks, answered one after another: its topic and at once what it shows at present, or a refusal. */
export class Requests {
  private readonly waiting: SocketRequest[] = [];
  private answering = false;
  private window = { until: 0, messages: 0, subscriptions: 0 };
  private readonly shown: Shown;
  private readonly topics: Topics;
  private readonly connection: Connection;
  /** Says why a request is refused, unless something else is to be said. */
  private readonly refuseAsKnown: (refuse: (instead?: DomainError) => void) => Promise<void>;

  constructor(
    shown: Shown,
    topics: Topics,
    connection: Connection,
    refuseAsKnown: (refuse: (instead?: DomainError) => void) => Promise<void>,
  ) {
    this.refuseAsKnown = refuseAsKnown;
    this.shown = shown;
    this.topics = topics;
    this.connection = connection;
  }

  /** A message out of form, or a flood of them, ends the socket. */
  hear(text: string): void {
    // Those that came before the end was said.
    if (!this.connection.isOpen()) return;
    this.count("messages");
    const request = parse(text);
    if (this.window.messages > messagesPerMinute) {
      this.connection.close(closeCodes.brokenRule, "too_many_requests");
    } else if (request) {
      this.take(request);
    } else {
      this.connection.close(closeCodes.brokenRule, "invalid_request");
    }
  }

  private take(request: SocketRequest): void {
    const refusal = request.type === "subscribe" ? this.refusal() : undefined;
    if (refusal === undefined) {
      this.waiting.push(request);
      void this.answerAll();
    } else {
      this.refuse(request.id, new DomainError("too_many_requests", refusal));
    }
  }

  private refusal(): string | undefined {
    this.count("subscriptions");
    if (this.window.subscriptions > subscriptionsPerMinute) {
      return `A socket takes ${subscriptionsPerMinute} subscriptions a minute; wait.`;
    }
    return this.waiting.length >= mostWaiting ? `${mostWaiting} requests are waiting; wait for answers.` : undefined;
  }

  private count(what: "messages" | "subscriptions"): void {
    const now = performance.now();
    if (now > this.window.until) this.window = { until: now + windowMs, messages: 0, subscriptions: 0 };
    this.window[what] += 1;
  }

  private async answerAll(): Promise<void> {
    if (this.answering) return;
    this.answering = true;
    for (let next = this.waiting.shift(); next && this.connection.isOpen(); next = this.waiting.shift()) {
      const { id } = next;
      await this.answer(next).catch((error: unknown) =>
        this.refuseAsKnown((instead) => this.refuse(id, instead ?? error)),
      );
    }
    this.answering = false;
  }

  private async answer({ type, topic, id }: SocketRequest): Promise<void> {
    const { workspaceId, role, id: memberId } = this.connection.holder;
    const name = topicName(workspaceId, topic, id);
    if (type === "unsubscribe") return this.topics.leave(name, this.connection);
    if (!staffRoles.has(role)) {
      if (topic !== "guidance") throw new DomainError("forbidden", "This is for staff.");
      await assertMayWork(this.shown.database, { workspaceId, memberId }, id);
    }
    if (!this.connection.topics.has(name)) this.connection.assertRoom();
    await this.topics.watch(name, this.connection, () => present(this.shown, workspaceId, topic, id));
  }

  private refuse(id: string, error: unknown): void {
    const known = error instanceof DomainError ? { code: error.code, detail: error.message } : { code: "unavailable" };
    this.connection.send({ type: "refused", id, ...known });
  }
}

function parse(text: string): SocketRequest | undefined {
  try {
    return SocketRequest.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
