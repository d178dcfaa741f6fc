import { type CommandName, type Point, signalled } from "./signals.ts";

/** Milliseconds: the stages of each command from the first line of its script to its work. */
const times: Record<Exclude<CommandName, "generate">, readonly number[]> = {
  start: [60, 120, 200, 350, 600, 1_000, 2_000, 4_000, 8_000, 16_000],
  loop: [60, 200, 400, 800, 1_500, 3_000, 5_000, 9_000, 16_000, 30_000],
  rlhf: [60, 120, 250, 400, 700, 1_000, 1_500, 2_500, 5_000, 10_000],
  test: [60, 200, 500, 1_000, 1_500, 2_500, 4_000, 7_000, 12_000, 25_000],
};
const receivers = ["npm", "node", "group"] as const;

/** 40 points of time over the four commands. @returns whether nothing was left at any */
export async function signalsTable(): Promise<boolean> {
  const who = process.getuid?.() === 0 ? "root" : "an ordinary user";
  process.stdout.write(
    `Signals, as ${who}\n| Command | At | Signal | To | Ended with | After | Left |\n|---|---|---|---|---|---|---|\n`,
  );
  let all = true;
  for (const point of points()) {
    const { code, seconds, left } = await signalled(point);
    all &&= left.length === 0 && code !== "did not end";
    const { command, at, signal, to } = point;
    process.stdout.write(
      `| ${command} | ${at / 1_000} s | ${signal} | ${to} | ${code} | ${seconds.toFixed(1)} s | ${left.join(", ") || "nothing"} |\n`,
    );
  }
  return all;
}

function points(): Point[] {
  return Object.entries(times).flatMap(([command, moments]) =>
    moments.map((at, index): Point => {
      const to = receivers[index % receivers.length] ?? "npm";
      const signal = to === "group" || index % 2 === 1 ? "SIGINT" : "SIGTERM";
      return { command: command as CommandName, at, signal, to };
    }),
  );
}
