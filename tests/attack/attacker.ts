import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export interface Target {
  readonly host: string;
  readonly port: number;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * Somebody who means no good, for as long as they are given, from an address of their own: what is allowed to one address
 * is theirs alone.
 */
export class Attacker {
  /** Answers that came back, by status; "none" where the connection ended without one. */
  readonly answers = new Map<string, number>();
  readonly #seconds: number;
  #signal: AbortSignal | undefined;
  readonly #target: Target;
  readonly #localAddress: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #sockets = new Set<Socket>();

  /** @param headers of a session, if it is somebody who is signed in */
  constructor(
    target: Target,
    options: { localAddress: string; seconds: number; headers?: Readonly<Record<string, string>> },
  ) {
    this.#target = target;
    this.#localAddress = options.localAddress;
    this.#headers = options.headers ?? {};
    this.#seconds = options.seconds;
  }

  /** Aborted once the time is over, which begins when this is first asked for: what is sent may be made ready before. */
  get signal(): AbortSignal {
    if (!this.#signal) {
      this.#signal = AbortSignal.timeout(this.#seconds * 1_000);
      this.#signal.addEventListener("abort", () => this.#letGo());
    }
    return this.#signal;
  }

  /** One request after the other, so many side by side, until the time is over. @param most in all */
  async flood(sideBySide: number, ask: (turn: number) => Promise<unknown>, most = 100_000): Promise<void> {
    let turn = 0;
    const lane = async () => {
      while (!this.signal.aborted && turn < most) await ask(turn++);
    };
    await Promise.all(Array.from({ length: sideBySide }, lane));
  }

  /** Sends a request and reads its answer; undefined where the connection ends without one. */
  send(path: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      const none = () => {
        this.#count("none");
        resolve(undefined);
      };
      const { host, port } = this.#target;
      const sent = request({
        host,
        port,
        path,
        method,
        localAddress: this.#localAddress,
        headers: {
          ...this.#headers,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
      });
      sent.on("socket", (socket) => this.#sockets.add(socket));
      sent.on("error", none);
      sent.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", none);
        response.on("end", () => {
          this.#count(String(response.statusCode));
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
        });
      });
      sent.end(body);
    });
  }

  post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer | undefined> {
    const raw = typeof body === "string" || Buffer.isBuffer(body);
    return this.send(path, { method: "POST", headers, body: raw ? body : JSON.stringify(body) });
  }

  /** A connection that says these bytes and then whatever it is told, and is left open until the time is over. */
  open(bytes: string): Socket {
    const socket = connect({ ...this.#target, localAddress: this.#localAddress });
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.write(bytes);
    return socket;
  }

  /** Opens so many of them, and waits until the time is over. What comes back is never read where `deaf`. */
  async hold(count: number, bytes: (place: number) => string, { deaf = false, drip = "" } = {}): Promise<void> {
    for (let place = 0; place < count && !this.signal.aborted; place++) {
      const socket = this.open(bytes(place));
      if (deaf) socket.pause();
      else socket.resume();
      socket.once("close", () => this.#count("cut off"));
      if (place % 50 === 49) await sleep(5);
    }
    while (!this.signal.aborted) {
      if (drip !== "") for (const socket of this.#sockets) socket.write(drip);
      await sleep(100);
    }
  }

  /** The head of a request, ready to be gone on with. */
  head(method: string, path: string, headers: Readonly<Record<string, string>> = {}): string {
    const { host, port } = this.#target;
    const all = { host: `${host}:${port}`, ...this.#headers, ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return `${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`;
  }

  #count(status: string): void {
    // What ends because the time is over says nothing of the server.
    if (!this.signal.aborted) this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
  }

  #letGo(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** One way to be slow or large. */
export interface Way {
  readonly name: string;
  /** Takes minutes, so it is tried only where it is asked for by name. */
  readonly isLong?: true;
  /** Ends soon after the attacker's time is over. */
  run(attacker: Attacker): Promise<void>;
}
