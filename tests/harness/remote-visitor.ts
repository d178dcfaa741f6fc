import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type LeasedTask, SessionView } from "@touchstone/contracts";
import { WebSocket } from "ws";
import { password } from "./visitor.ts";

/** A signed-in client of an API process, over the network. */
export class RemoteVisitor {
  readonly url: string;
  private readonly headers: Record<string, string>;

  private constructor(url: string, cookie: string, csrfToken: string) {
    this.url = url;
    this.headers = { cookie, "x-csrf-token": csrfToken };
  }

  static async signIn(url: string, email: string): Promise<RemoteVisitor> {
    const response = await fetch(`${url}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`${email} could not sign in: ${await response.text()}`);
    const { csrfToken } = SessionView.parse(await response.json());
    return new RemoteVisitor(url, response.headers.get("set-cookie")?.split(";")[0] ?? "", csrfToken);
  }

  /** The same person at another process: the session stands in Postgres. */
  at(url: string): RemoteVisitor {
    return new RemoteVisitor(url, this.headers.cookie ?? "", this.headers["x-csrf-token"] ?? "");
  }

  send(method: string, path: string, body?: unknown, signal: AbortSignal | null = null): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      signal,
      headers: { ...this.headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Sends a file of JSON Lines. */
  sendLines(path: string, body: string): Promise<Response> {
    const headers = { ...this.headers, "content-type": "application/x-ndjson" };
    return fetch(`${this.url}${path}`, { method: "POST", headers, body });
  }

  /**
   * Sends a file of any kind as it is read; what it is is found out by its content. The answer may take as long as it takes:
   * `fetch` would give up after five minutes.
   */
  async sendFile(path: string, file: string): Promise<{ readonly status: number; readonly text: string }> {
    const headers = { ...this.headers, "content-type": "application/octet-stream" };
    const sent = request(`${this.url}${path}`, { method: "POST", headers });
    const [[answer]] = await Promise.all([
      once(sent, "response") as Promise<[IncomingMessage]>,
      pipeline(createReadStream(file), sent),
    ]);
    return { status: answer.statusCode ?? 0, text: await textOf(answer) };
  }

  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Claims a task of the project and answers it; the status of the submission. */
  async judgeOne(projectId: string): Promise<number> {
    const claim = { count: 1 };
    const { tasks } = await this.json<{ tasks: LeasedTask[] }>("POST", `/api/work/${projectId}/claims`, claim);
    const [task] = tasks;
    if (!task) throw new Error("There is no task left.");
    const response = await this.send("POST", "/api/judgements", {
      leaseId: task.lease.id,
      leaseToken: task.lease.token,
      idempotencyKey: randomUUID(),
      answer: task.questions[0]?.kind === "rating" ? { choice: "rated", score: 4 } : { choice: "graded", step: 2 },
      timings: { visibleMs: 900, activeMs: 800 },
      client: { locale: "en", viewport: "1x1", input: "api" },
    });
    return response.status;
  }

  async ticket(): Promise<string> {
    return (await this.json<{ ticket: string }>("POST", "/api/socket-tickets")).ticket;
  }
}

/** A socket whose messages can be awaited in the order they came. */
export class LiveSocket {
  private readonly received: unknown[] = [];
  private readonly waiting: (() => void)[] = [];
  readonly closed: Promise<number>;
  private readonly socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.on("close", resolve));
    socket.on("message", (data) => {
      this.received.push(JSON.parse(data.toString()));
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  /** @throws Error naming the HTTP status with which the upgrade was refused. */
  static open(url: string, ticket: string, origin?: string): Promise<LiveSocket> {
    return LiveSocket.at(url, `/api/socket?ticket=${ticket}`, origin === undefined ? {} : { origin });
  }

  /** The same at any path, by whatever these headers show. */
  static at(url: string, path: string, headers: Readonly<Record<string, string>>): Promise<LiveSocket> {
    const socket = new WebSocket(`${url.replace("http", "ws")}${path}`, { headers });
    return new Promise((resolve, reject) => {
      const live = new LiveSocket(socket);
      socket.on("open", () => resolve(live));
      socket.on("error", reject);
    });
  }

  say(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** The next message, from now or from before, that fits; those passed over are dropped. */
  async next<T>(fits: (message: unknown) => message is T): Promise<T> {
    for (;;) {
      const message = this.received.shift();
      if (message === undefined) await new Promise<void>((resolve) => this.waiting.push(resolve));
      else if (fits(message)) return message;
    }
  }

  /** What came and was not asked for. */
  unread(): readonly unknown[] {
    return this.received;
  }

  close(): void {
    this.socket.close();
  }
}
