import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { SessionLookups } from "./session-lookups.ts";

/** A database whose statements are answered when the test says so. */
function heldDatabase() {
  const asked: { hashes: string[]; answer: (open: string[]) => void; fail: () => void }[] = [];
  const query = ({ values: [hashes] }: { values: [string[]] }) =>
    new Promise((resolve, reject) => {
      asked.push({
        hashes,
        answer: (open) => resolve({ rows: open.map((hash) => ({ hash, memberId: `of ${hash}` })) }),
        fail: () => reject(new Error("Postgres is away")),
      });
    });
  return { asked, lookups: new SessionLookups({ query } as never, 13) };
}

test("what is asked while a statement is under way goes into one more, and each is told of their own session", async () => {
  const { asked, lookups } = heldDatabase();
  const first = lookups.read("a");
  await nextTurn();
  const others = Promise.all(["b", "a", "c", "b"].map((hash) => lookups.read(hash)));
  await nextTurn();
  expect(asked.map(({ hashes }) => hashes)).toEqual([["a"]]);

  asked[0]?.answer(["a"]);
  expect(await first).toMatchObject({ memberId: "of a" });
  await nextTurn();
  expect(asked.map(({ hashes }) => hashes)).toEqual([["a"], ["b", "a", "c"]]);
  // Between the two statements the session “a” was closed: whoever asked after the first began hears of that.
  asked[1]?.answer(["b"]);
  expect((await others).map((session) => session?.memberId ?? null)).toEqual(["of b", null, null, "of b"]);
});

test("a statement that fails fails those who share it, and the next is asked anew", async () => {
  const { asked, lookups } = heldDatabase();
  const together = Promise.allSettled([lookups.read("a"), lookups.read("b")]);
  await nextTurn();
  asked[0]?.fail();
  expect((await together).map(({ status }) => status)).toEqual(["rejected", "rejected"]);

  const later = lookups.read("a");
  await nextTurn();
  asked[1]?.answer(["a"]);
  expect(await later).toMatchObject({ hash: "a" });
});

test("nobody waits for long behind a statement that hangs", async () => {
  const { asked, lookups } = heldDatabase();
  void lookups.read("a");
  await nextTurn();
  const behind = lookups.read("b");
  while (asked.length < 2) await sleep(10);
  asked[1]?.answer(["b"]);
  expect(await behind).toMatchObject({ hash: "b" });
});
