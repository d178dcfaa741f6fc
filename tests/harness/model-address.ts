import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

const Body = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  seed: z.number().optional(),
  stream: z.boolean().optional(),
  stream_options: z.object({ include_usage: z.boolean() }).optional(),
});

/** What was asked, as it came. */
export interface AskedCompletion {
  readonly authorization: string | undefined;
  readonly body: z.infer<typeof Body>;
  /** Of the last turn. */
  readonly content: string;
}

/** How a model behind an address may answer, or misbehave. */
export type Behaviour =
  | {
      readonly kind: "answers";
      readonly text?: string;
      readonly finish?: string;
      readonly usage?: boolean;
      /** Not before. */
      readonly after?: Promise<unknown>;
    }
  | { readonly kind: "status"; readonly status: number; readonly body?: string; readonly retryAfter?: number }
  | { readonly kind: "raw"; readonly body: string }
  /** These pieces of data as server-sent events, and then an end, none, or a break. */
  | { readonly kind: "streams"; readonly data: readonly string[]; readonly end: "whole" | "hangs" | "dies" }
  | { readonly kind: "redirects"; readonly to: string }
  /** So many bytes, and no end of the answer before. */
  | { readonly kind: "endless"; readonly bytes: number }
  | { readonly kind: "silent" }
  /** A byte a while, which keeps the connection alive. */
  | { readonly kind: "drips"; readonly everyMs: number }
  | { readonly kind: "dies" };

/** A real HTTP server that speaks as OpenAI's chats do, until a test says otherwise. */
export class ModelAddress {
  readonly asked: AskedCompletion[] = [];
  /** Tokens that it would send a bill for. */
  billed = 0;
  atOnce = 0;
  mostAtOnce = 0;
  /** Milliseconds that an answer takes. */
  takesMs = 0;
  /** So many have to be asked before the first is answered. */
  together = 1;
  #port = 0;
  behave: (asked: AskedCompletion, before: number) => Behaviour = () => ({ kind: "answers" });
  readonly #server = createServer((request, response) => {
    this.atOnce++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    response.on("close", () => this.atOnce--);
    this.#answer(request, response).catch(() => response.destroy());
  });

  /** @returns its base URL */
  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  /** As if its machine were gone: what is under way breaks off, and nobody listens. */
  goAway(): void {
    this.#port = (this.#server.address() as AddressInfo).port;
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** At the same port as before. */
  async comeBack(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, "127.0.0.1", resolve));
  }

  reset(): void {
    this.asked.length = 0;
    this.billed = 0;
    this.mostAtOnce = 0;
    this.takesMs = 0;
    this.together = 1;
    this.behave = () => ({ kind: "answers" });
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** How often each last turn was asked with each seed. */
  times(): Map<string, number> {
    const times = new Map<string, number>();
    for (const { content, body } of this.asked) {
      const key = `${content} ${body.seed}`;
      times.set(key, (times.get(key) ?? 0) + 1);
    }
    return times;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Body.parse(JSON.parse(await text(request)));
    const content = body.messages.at(-1)?.content ?? "";
    const before = this.asked.filter((one) => one.content === content && one.body.seed === body.seed).length;
    const asked = { authorization: request.headers.authorization, body, content };
    this.asked.push(asked);
    if (this.takesMs > 0) await sleep(this.takesMs);
    while (this.asked.length < this.together) await sleep(5);
    await this.#behave(this.behave(asked, before), asked, response);
  }

  async #behave(behaviour: Behaviour, asked: AskedCompletion, response: ServerResponse): Promise<void> {
    const json = { "content-type": "application/json" };
    switch (behaviour.kind) {
      case "answers":
        await behaviour.after;
        if (asked.body.stream === true)
          return this.#behave({ kind: "streams", data: this.#chunks(behaviour, asked), end: "whole" }, asked, response);
        response.writeHead(200, json).end(this.#completion(behaviour, asked));
        return;
      case "streams":
        response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
        for (const one of behaviour.data) response.write(`data: ${one}\n\n`);
        if (behaviour.end === "whole") response.end("data: [DONE]\n\n");
        if (behaviour.end === "dies") {
          await sleep(20);
          response.destroy();
        }
        return;
      case "status": {
        const { status, body = "{}", retryAfter } = behaviour;
        const after = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
        response.writeHead(status, { ...json, ...after }).end(body);
        return;
      }
      case "raw":
        response.writeHead(200, json).end(behaviour.body);
        return;
      case "redirects":
        response.writeHead(307, { location: behaviour.to }).end();
        return;
      case "endless": {
        response.writeHead(200, json).write('{"choices":[{"message":{"content":"');
        const closed = new Promise((resolve) => response.once("close", resolve));
        for (let sent = 0; sent < behaviour.bytes && !response.destroyed; sent += 65_536) {
          if (!response.write("a".repeat(65_536))) {
            await Promise.race([new Promise((resolve) => response.once("drain", resolve)), closed]);
          }
        }
        return;
      }
      case "silent":
        return;
      case "drips":
        response.writeHead(200, json);
        while (!response.destroyed) {
          response.write(" ");
          await sleep(behaviour.everyMs);
        }
        return;
      case "dies":
        response.writeHead(200, { ...json, "content-length": "1000" }).write('{"choices":[{"mess');
        await sleep(10);
        response.destroy();
    }
  }

  /** The same word by word, with what it took behind the last where that is asked for. */
  #chunks(
    { text: said, finish = "stop", usage = true }: Extract<Behaviour, { kind: "answers" }>,
    { content, body }: AskedCompletion,
  ): string[] {
    const answer = said ?? `About ${content}: ${body.seed}.`;
    const counted = usage && body.stream_options?.include_usage === true;
    this.billed += 15;
    const chunk = (choices: readonly object[], more: object = {}) =>
      JSON.stringify({ object: "chat.completion.chunk", model: `${body.model}-2026`, choices, ...more });
    return [
      chunk([{ index: 0, delta: { role: "assistant", content: "" }, finish_reason: null }]),
      ...(answer.match(/\S+\s*/g) ?? []).map((word) =>
        chunk([{ index: 0, delta: { content: word }, finish_reason: null }]),
      ),
      chunk([{ index: 0, delta: {}, finish_reason: finish }]),
      ...(counted ? [chunk([], { usage: { prompt_tokens: 10, completion_tokens: 5 } })] : []),
    ];
  }

  #completion(
    { text: said, finish = "stop", usage = true }: Extract<Behaviour, { kind: "answers" }>,
    { content, body }: AskedCompletion,
  ): string {
    const answer = said ?? `About ${content}: ${body.seed}.`;
    const counts = { prompt_tokens: 10, completion_tokens: 5 };
    if (usage) this.billed += 15;
    return JSON.stringify({
      model: `${body.model}-2026`,
      choices: [{ index: 0, message: { role: "assistant", content: answer }, finish_reason: finish }],
      ...(usage ? { usage: counts } : {}),
    });
  }
}
