import { describe, expect, it } from "vitest";
import type { LocalStore } from "../local-store.ts";
import {
  breakMs,
  chooseMinutes,
  isDue,
  keepWork,
  minutesOf,
  noteWork,
  readWork,
  type SteadyWork,
  usualMinutes,
} from "./steady-work.ts";

function storeOf(): LocalStore {
  const kept = new Map<string, string>();
  return {
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void (value === null ? kept.delete(key) : kept.set(key, value)),
  };
}

/** A window, or a page after a reload, over what the browser keeps. */
const windowOver = (store: LocalStore) => (at: number) => keepWork(store, "ann", noteWork(readWork(store, "ann"), at));
const workIn = (store: LocalStore): SteadyWork => readWork(store, "ann") ?? { ms: 0, lastAt: 0, toldMs: 0 };
const minute = 60_000;

describe("steady work", () => {
  it("is the time between movements, and begins anew after a break", () => {
    const store = storeOf();
    const move = windowOver(store);
    for (let at = 0; at <= 40 * minute; at += minute) move(at);
    expect(workIn(store).ms).toBe(40 * minute);
    move(40 * minute + breakMs - 1);
    expect(workIn(store).ms).toBe(40 * minute + breakMs - 1);
    move(40 * minute + 2 * breakMs);
    expect(workIn(store)).toMatchObject({ ms: 0, toldMs: 0 });
  });

  it("goes on after a reload, and counts once in two windows", () => {
    const store = storeOf();
    const [one, other] = [windowOver(store), windowOver(store)];
    for (let at = 0; at <= 30 * minute; at += minute) (at % (2 * minute) === 0 ? one : other)(at);
    for (let at = 30 * minute; at <= 60 * minute; at += minute) [one, other].map((move) => move(at));
    windowOver(store)(61 * minute);
    expect(workIn(store).ms).toBe(61 * minute);
  });

  it("loses nothing to a clock that is set back, and takes nothing that is not its own", () => {
    const store = storeOf();
    const move = windowOver(store);
    move(10 * minute);
    move(12 * minute);
    move(3 * minute);
    move(4 * minute);
    expect(workIn(store).ms).toBe(3 * minute);
    store.write("touchstone-work ann", "1 later");
    expect(readWork(store, "ann")).toBeNull();
    store.write("touchstone-work ann", "1 later 2");
    expect(readWork(store, "ann")).toBeNull();
  });

  it("is worth a word after as many minutes as somebody says, again after as many more, or never", () => {
    const store = storeOf();
    expect(minutesOf(store, "ann")).toBe(usualMinutes);
    const work = { ms: 50 * minute, lastAt: 0, toldMs: 0 };
    expect(isDue({ ...work, ms: work.ms - 1 }, 50)).toBe(false);
    expect(isDue(work, 50)).toBe(true);
    expect(isDue({ ...work, toldMs: work.ms, ms: 99 * minute }, 50)).toBe(false);
    expect(isDue({ ...work, toldMs: work.ms, ms: 100 * minute }, 50)).toBe(true);
    chooseMinutes(store, "ann", 20);
    expect([minutesOf(store, "ann"), minutesOf(store, "ben")]).toEqual([20, usualMinutes]);
    chooseMinutes(store, "ann", null);
    expect(minutesOf(store, "ann")).toBeNull();
    expect(isDue({ ...work, ms: 999 * minute }, null)).toBe(false);
  });
});
