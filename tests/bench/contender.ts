import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** What a measured program says, a JSON object a line; its libraries may say other things in between. */
const Message = z.union([
  z.strictObject({ ready: z.string().describe("What runs, with version and threads.") }),
  z.strictObject({ unavailable: z.string().describe("Why it can't run here, in plain words.") }),
  z.strictObject({
    value: z.number().positive(),
    p99Ms: z.number().positive().optional(),
    memoryMb: z.number().positive(),
  }),
]);
type Message = z.infer<typeof Message>;

/** What came of one round. */
export interface Round {
  /** In the row's unit. */
  readonly value: number;
  /** What 99 of 100 of its single steps took at most, where they are timed. */
  readonly p99Ms?: number | undefined;
}

/** A program that is measured in rounds on command, in a process of its own so that none disturbs another. */
export interface Contender {
  readonly label: string;
  /** Highest peak so far of the process, in MB. */
  readonly memoryMb: number;
  /** Works for about that long, in whole steps, and tells what came of it. @throws Error when the program ended */
  round(seconds: number): Promise<Round>;
  close(): Promise<void>;
}

/** A contender of ours: a TypeScript file that gets its settings as one JSON argument. */
export function openOurs(file: URL, settings: object): Promise<Contender | string> {
  return open(process.execPath, ["--import", "tsx", fileURLToPath(file), JSON.stringify(settings)], "this project");
}

/** A peer: a Python file that gets its settings as one JSON argument. TOUCHSTONE_PYTHON names the interpreter. */
export function openPeer(file: URL, settings: object): Promise<Contender | string> {
  const python = process.env.TOUCHSTONE_PYTHON ?? "python3";
  return open(python, [fileURLToPath(file), JSON.stringify(settings)], python);
}

/** Resolves once it has warmed up, or with the reason why it can't be had. */
async function open(program: string, args: readonly string[], name: string): Promise<Contender | string> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const messages = messagesOf(child);
  try {
    const first = await messages.next();
    if ("unavailable" in first) return first.unavailable;
    if (!("ready" in first)) return `${name} began with a figure before it was ready`;
    let memoryMb = 0;
    return {
      label: first.ready,
      get memoryMb() {
        return memoryMb;
      },
      async round(seconds) {
        child.stdin.write(`${JSON.stringify({ seconds })}\n`);
        const figure = await messages.next();
        if (!("value" in figure)) throw new Error(`${first.ready} did not tell a figure`);
        memoryMb = Math.max(memoryMb, figure.memoryMb);
        return { value: figure.value, p99Ms: figure.p99Ms };
      },
      close: () => messages.end(),
    };
  } catch (error) {
    return `${name} did not start (${error instanceof Error ? error.message : String(error)})`;
  }
}

const namesError = /^\w*Error: /;

/** The messages of a program in order; its end, with what it complained of, is an error. */
function messagesOf(child: ChildProcessByStdio<Writable, Readable, Readable>) {
  const waiting: Message[] = [];
  let wake: (() => void) | undefined;
  let over: string | undefined;
  let complaint = "";
  const ended = new Promise<void>((resolve) => {
    const finish = (reason: string) => {
      over ??= reason;
      wake?.();
      resolve();
    };
    child.once("error", ({ message }) => finish(message));
    child.once("close", (code, signal) => finish(complaint || `it ended with ${signal ?? `exit code ${code}`}`));
  });
  // A write to a program that has just ended is told by its end.
  child.stdin.on("error", () => {});
  createInterface({ input: child.stderr }).on("line", (line) => {
    // Behind an error Node.js says where it was, and which Node.js it is.
    if (line.trim() !== "" && !namesError.test(complaint)) complaint = line.trim();
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.startsWith("{")) return;
    const message = Message.safeParse(JSON.parse(line));
    if (message.success) waiting.push(message.data);
    else over ??= `it said what is no figure: ${line}`;
    wake?.();
  });
  return {
    async next(): Promise<Message> {
      for (;;) {
        const message = waiting.shift();
        if (message) return message;
        if (over !== undefined) throw new Error(over);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    /** The program ends when its orders do. */
    async end() {
      child.stdin.end();
      await ended;
    },
  };
}
