import { DomainError, SocketEvent } from "@touchstone/contracts";
import { WebSocket } from "ws";
import type { Principal } from "../plugins/principal.ts";

/** A page shows one or two topics; a client that asks for hundreds is not a page. */
const mostTopics = 50;
/** A client that has not read this much is too slow for live figures; it may reconnect and start afresh. */
const mostBufferedBytes = 256 * 1024;
/** Whoever broke a rule has this long to hear that they did. */
const lastWordMs = 1_000;

/** Close codes: those of the protocol, and 4xxx, which are ours. */
export const closeCodes = { goingAway: 1001, brokenRule: 1008, tryLater: 1013, notAllowed: 4403 } as const;

/** One client: its socket, on whose behalf it is open, and what it listens to. */
export class Connection {
  readonly topics = new Set<string>();
  readonly holder: Principal;
  private readonly socket: WebSocket;
  private isAlive = true;

  constructor(socket: WebSocket, holder: Principal) {
    this.socket = socket;
    this.holder = holder;
    socket.on("pong", () => {
      this.isAlive = true;
    });
  }

  isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** @throws DomainError too_many_requests for one that listens to as much as it may. */
  assertRoom(): void {
    if (this.topics.size < mostTopics) return;
    throw new DomainError("too_many_requests", `A socket listens to ${mostTopics} topics at most; leave one first.`);
  }

  /** Checked like any answer: a column added to a table never leaks by itself. */
  send(event: SocketEvent): void {
    this.sendText(JSON.stringify(SocketEvent.parse(event)));
  }

  sendText(text: string): void {
    if (!this.isOpen()) return;
    if (this.socket.bufferedAmount > mostBufferedBytes) this.socket.terminate();
    else this.socket.send(text);
  }

  /** Asks whether the client is still there; one that has not answered the last time is gone. */
  probe(): void {
    if (!this.isAlive) {
      this.socket.terminate();
      return;
    }
    this.isAlive = false;
    this.socket.ping();
  }

  /** Says why it ends. Of whoever broke a rule nothing more is read, also if they go on talking and never answer. */
  close(code: number, reason: string): void {
    this.socket.close(code, reason);
    if (code !== closeCodes.brokenRule) return;
    this.socket.pause();
    setTimeout(() => this.socket.terminate(), lastWordMs).unref();
  }
}
