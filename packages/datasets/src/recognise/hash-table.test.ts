import { describe, expect, it } from "vitest";
import { HashTable } from "./hash-table.ts";
import { hashOf } from "./occurrences.ts";

describe("a table of hashes", () => {
  it("keeps what a Map keeps, whatever comes in whatever order", () => {
    const table = new HashTable(2);
    const map = new Map<number, [number, number]>();
    for (let at = 0; at < 6_000; at += 1) {
      const key = hashOf(String((at * 7919) % 4_000));
      const place = table.add(key);
      const [count, sum] = map.get(key) ?? [0, 0];
      expect([table.at(place), table.at(place, 1)]).toEqual([count, sum]);
      table.set(place, 0, count + 1);
      table.set(place, 1, sum + at);
      map.set(key, [count + 1, sum + at]);
    }
    expect(table.size).toBe(map.size);
    for (const [key, [count, sum]] of map) {
      const place = table.find(key);
      expect([table.at(place, 0), table.at(place, 1)]).toEqual([count, sum]);
    }
    expect(table.has(hashOf("never"))).toBe(false);
  });

  it("knows the lowest and the highest hash there are", () => {
    const table = new HashTable();
    for (const key of [0, 2 ** 48 - 1, 2 ** 32, 2 ** 32 - 1]) {
      expect(table.has(key)).toBe(false);
      table.add(key);
      expect(table.has(key)).toBe(true);
    }
    expect(table.size).toBe(4);
  });

  it("takes at most 24 bytes for a hash with two numbers", () => {
    const table = new HashTable(2);
    for (let at = 0; at < 20_000; at += 1) table.add(hashOf(String(at)));
    expect(table.bytes / table.size).toBeLessThan((14 * 1.5) / 0.75);
  });
});
