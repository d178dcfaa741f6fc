import { expect, it, vi } from "vitest";
import { ToldOnce } from "./told-once.ts";

const minute = 60_000;

it("tells of a download once, also where its ranges come at the same time, and of a later one again", async () => {
  const told = new ToldOnce();
  const waiting: (() => void)[] = [];
  const tell = () => new Promise<void>((resolve) => waiting.push(resolve));
  const ranges = [told.tell("file", tell, 0), told.tell("file", tell, 1)];
  expect(waiting).toHaveLength(1);
  waiting[0]?.();
  await Promise.all(ranges);
  await told.tell("file", tell, 9 * minute);
  expect(waiting).toHaveLength(1);
  void told.tell("file", tell, 10 * minute);
  expect(waiting).toHaveLength(2);
});

it("lets no range by where it could not be told, and tells of it with the next one", async () => {
  const told = new ToldOnce();
  const failing = () => Promise.reject(new Error("The database is away."));
  const both = await Promise.allSettled([told.tell("file", failing, 0), told.tell("file", failing, 0)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const tell = vi.fn(async () => {});
  await told.tell("file", tell, 1);
  expect(tell).toHaveBeenCalledOnce();
});
