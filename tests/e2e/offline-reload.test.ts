import type { Client } from "@touchstone/api-client";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Desk, sameTask } from "./desk.ts";
import { adminLogin } from "./filled-workspace.ts";
import { keptDesks, keptPaths, waitUntilKept } from "./kept-desk.ts";
import { serveWithUpdate, type UpdatedProduct } from "./next-build.ts";
import { judgedOf, openDeskAt, putOnDesk } from "./open-desk.ts";
import { arrive, type Person, patienceMs, picture, signIn } from "./people.ts";
import { openProduct, type Product } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

const other = { email: "bea@example.org", password: "seven grey herons at dusk" };

let product: Product;
let person: Person;
let page: Page;
let desk: Desk;
let admin: Client;
beforeAll(async () => {
  ({ product, admin, person, page, desk } = await openDeskAt(await openProduct()));
  const { token } = await admin.createLink({ body: { kind: "invitation", role: "researcher" } });
  await clientOf(product.touchstone.url).join({ params: { token }, body: { ...other, name: "Bea" } });
});
afterAll(async () => product?.close());
afterEach(({ task }) =>
  task.result?.state === "fail" ? picture(person, `offline-reload ${task.name.slice(0, 20)}`) : undefined,
);

/** A fresh project with so many pairs, open on the desk and kept for a reload. @returns its id. */
async function onDesk(name: string, pairs: number): Promise<string> {
  const answer = (letter: string, n: number) =>
    letter === "This one" ? `${letter} says **${n}**.` : `${letter} says *${n}*.`;
  const id = await putOnDesk({ admin, page, desk }, { name, pairs, guideline: "Shorter wins.", overlap: 1, answer });
  await waitUntilKept(page, id, 2);
  return id;
}
const judged = (id: string) => judgedOf(admin, id);
/** The browser's own waiting takes a promise for a yes. */
const until = (what: () => Promise<unknown>) =>
  vi.waitUntil(() => page.evaluate(what), { timeout: 10_000, interval: 50 });
const offline = (is: boolean) => page.context().setOffline(is);

describe("a reload without a network", () => {
  // One desk for the first four: what each leaves there is where the next begins.
  it("shows the tasks that are held, and each answer given then is in the database exactly once", async () => {
    const id = await onDesk("Held", 4);
    const first = await desk.shown();
    await offline(true);
    await page.reload();
    expect(sameTask(await desk.shown(), first)).toBe(true);
    await page.getByText("You are offline. This task was kept in this browser").waitFor();
    await page.getByRole("button", { name: "Offline", exact: true }).waitFor();
    await page.getByRole("heading", { name: "Held", exact: true }).waitFor();
    await page.getByText("Shorter wins.").first().waitFor();

    // As ever, a key that comes with the paint is no judgement; and the reload loses no comment.
    await desk.flag("begun offline");
    await desk.choose("2");
    const second = await desk.shown();
    await page.getByText("Offline, 1 kept here").waitFor();
    await page.reload();
    expect(sameTask(await desk.shown(), second)).toBe(true);
    await page.getByText("Offline, 1 kept here").waitFor();
    await desk.choose("6");
    // No more than what was held: two answers, and then words instead of a third task.
    await page.getByText("You are offline, and your answers are kept here.").waitFor();
    await page.reload();
    await page.getByText("Offline, 2 kept here").waitFor();
    await page.getByText("You are offline, and your answers are kept here.").waitFor();
    expect(await judged(id)).toEqual([]);

    await offline(false);
    await desk.shown();
    await desk.saved();
    expect(await page.getByText("You are offline").count()).toBe(0);
    const rows = await judged(id);
    expect(rows.map(({ comment, state }) => [comment, state]).sort()).toEqual([
      ["", "counted"],
      ["begun offline", "counted"],
    ]);
    await page.getByText("2 today, 2 left").waitFor();
    await waitUntilKept(page, id, 2);
  });

  it("keeps desks and files of the build, and nothing in them says whose desk it is", async () => {
    const paths = await keptPaths(page);
    expect(paths.filter((path) => !/^\/_next\/static\/(chunks|media)\/[^/]+$|^\/work\/[^/]+$/.test(path))).toEqual([]);
    const pages = await page.evaluate(async () => {
      const kept = await Promise.all(
        (await caches.keys()).map(async (name) => {
          const cache = await caches.open(name);
          const desks = (await cache.keys()).filter(({ url }) => url.includes("/work/"));
          return Promise.all(desks.map(async (request) => (await cache.match(request))?.text()));
        }),
      );
      return kept.flat().join("\n");
    });
    const { member, workspace } = await admin.getSession();
    const personal = [adminLogin.email, member.id, workspace.id, "Held, question", "Shorter wins"];
    expect(pages.includes("<html")).toBe(true);
    expect(personal.filter((words) => pages.includes(`"${words}`) || pages.includes(`>${words}`))).toEqual([]);
  });

  it("speaks Chinese to who reads Chinese", async () => {
    await page.getByRole("button", { name: "简体中文" }).click();
    await page.getByText("今日 2 条", { exact: false }).first().waitFor();
    await until(async () => {
      const kept = await caches.match(location.pathname);
      return (await kept?.text())?.includes('<html lang="zh-Hans"');
    });
    await offline(true);
    await page.reload();
    await page.getByText("你已离线。这个任务保存在本机").waitFor();
    await page.getByRole("button", { name: "离线" }).waitFor();
    await offline(false);
    await page.getByText("你已离线").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("2 today").waitFor();
  });

  it("files of a build before go when its last window is gone, and not before", async () => {
    const old = await page.context().newPage();
    await old.goto("/work");
    await page.evaluate(async () => {
      const cache = await caches.open("touchstone-desk before");
      await cache.put(location.pathname, new Response("<html>before", { headers: { "content-type": "text/html" } }));
    });
    const builds = () => page.evaluate(() => caches.keys());
    await page.reload();
    await desk.shown();
    await page.waitForTimeout(300);
    expect(await builds()).toContain("touchstone-desk before");
    // But no reload brings back the page of a build that is gone.
    await until(async () => !(await (await caches.open("touchstone-desk before")).match(location.pathname)));
    await old.close();
    await page.reload();
    await desk.shown();
    await until(async () => !(await caches.keys()).includes("touchstone-desk before"));
    expect(await builds()).toHaveLength(1);
  });

  it("asks before the only copy of an answer goes with its window, where the browser has no room for it", async () => {
    const id = await onDesk("Full", 3);
    await page.evaluate(() => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...given) {
        if (this.name === "outbox") throw new DOMException("full", "QuotaExceededError");
        return put.apply(this, given);
      };
    });
    await offline(true);
    await desk.choose("2");
    await page.getByText("1 answer is only in this window").waitFor();
    const question = page.waitForEvent("dialog");
    await page.close({ runBeforeUnload: true });
    expect((await question).type()).toBe("beforeunload");
    await (await question).dismiss();
    await offline(false);
    await desk.saved();
    expect(await judged(id)).toHaveLength(1);
  });

  it("counts nothing under the name of who has signed in in another window meanwhile, and loses nothing of it", async () => {
    const id = await onDesk("Shared", 4);
    const { member } = await admin.getSession();
    await desk.shown();
    await page.request.post("/api/session", { data: other });
    await page.keyboard.press("2");
    await page.getByRole("heading", { name: "Bea has signed in here in another window." }).waitFor();
    expect(await judged(id)).toEqual([]);
    await page.getByRole("link", { name: `Sign in as ${member.name}` }).click();
    await page.getByLabel("E-mail").fill(adminLogin.email);
    await page.getByLabel("Password").fill(adminLogin.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await desk.shown();
    await desk.saved();
    expect((await judged(id)).map((row) => row.member.id)).toEqual([member.id]);
    // The refused requests, which the browser names itself.
    expect(person.complaints.splice(0).filter((complaint) => !complaint.includes("403"))).toEqual([]);
  });

  it("goes on over an update of the server: nothing is lost, and no page meets the files of another build", async () => {
    const builds = await serveWithUpdate(product.touchstone.url);
    const una = await arrive(product.browser, builds.url, "Una");
    try {
      await goOnOverUpdate(builds, una);
      expect(una.complaints.filter((text) => /chunk/i.test(text))).toEqual([]);
    } finally {
      await una.page.context().close();
      await builds.close();
    }
  });

  it("shows nothing of whoever sat here before, signed out or not", async () => {
    const mine = await onDesk("Mine", 6);
    // The session ends by itself, and somebody else signs in at the same browser.
    await page.context().clearCookies();
    await signIn(person, other.email, other.password);
    await until(async () => (await caches.keys()).length === 0);
    expect(await keptDesks(page)).toEqual([]);
    const theirs = await onDesk("Theirs", 6);
    expect((await keptDesks(page)).map((key) => key.split(" ")[1])).toEqual([theirs]);
    await offline(true);
    await page.reload();
    const text = `${JSON.stringify(await desk.shown())} ${await page.locator("body").innerText()}`;
    expect(text).toContain("Theirs, question");
    expect(text).not.toContain("Mine");
    await expect(page.goto(`/work/${mine}`)).rejects.toThrow("net::ERR_");
    await offline(false);

    await page.goto("/work");
    await page
      .getByRole("button", { name: "Account: Bea" })
      .or(page.getByRole("button", { name: /Bea/ }))
      .first()
      .click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await keptDesks(page)).toEqual([]);
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    await offline(true);
    await expect(page.goto(`/work/${theirs}`)).rejects.toThrow("net::ERR_");
    await offline(false);
    expect(person.complaints).toEqual([]);
  });
});

/** A desk that is offline while the server is updated, its reload on the next build, and that build offline. */
async function goOnOverUpdate(builds: UpdatedProduct, una: Person): Promise<void> {
  const { page: window } = una;
  const context = window.context();
  const atDesk = new Desk(window);
  await signIn(una, adminLogin.email, adminLogin.password);
  const old = await context.newPage();
  await old.goto("/work");
  const draft = { name: "Updated", pairs: 6, guideline: "Shorter wins.", overlap: 1 };
  const answer = (letter: string, n: number) => `${letter} says ${n}.`;
  const id = await putOnDesk({ admin, page: window, desk: atDesk }, { ...draft, answer });
  await waitUntilKept(window, id, 2);
  await waitUntilLaterIsKept(window);
  const [before] = await window.evaluate(() => caches.keys());

  // The desk outlives the update, without a network and with it, and so does what it loads only now.
  await context.setOffline(true);
  await atDesk.choose("2");
  builds.update();
  builds.loseAnswers(true);
  await context.setOffline(false);
  await window.keyboard.press("Control+k");
  await window.getByRole("option").first().waitFor();
  await window.keyboard.press("Escape");
  expect(await judged(id)).toEqual([]);

  // Reloaded, it is the next build, which reads what the one before has kept, and waits with its files for the other window.
  await window.reload();
  await atDesk.shown();
  expect(await unsent(window)).toBe(1);
  await waitUntilLaterIsKept(window);
  const both = await window.evaluate(() => caches.keys());
  expect(both).toHaveLength(2);
  expect(both).toContain(before);
  builds.loseAnswers(false);
  await atDesk.saved();
  expect((await judged(id)).map(({ state }) => state)).toEqual(["counted"]);
  await old.close();
  await window.reload();
  await atDesk.shown();
  await vi.waitUntil(() => window.evaluate(async () => (await caches.keys()).length === 1));
  expect(await window.evaluate(() => caches.keys())).not.toContain(before);
  await waitUntilKept(window, id, 2);

  const held = await atDesk.shown();
  await context.setOffline(true);
  await window.reload();
  expect(sameTask(await atDesk.shown(), held)).toBe(true);
  const scripts = () =>
    performance.getEntriesByType("resource").flatMap(({ name }) => /chunks\/[^?]+\.js/.exec(name) ?? []);
  expect((await window.evaluate(scripts)).filter((name) => !name.startsWith("chunks/next-"))).toEqual([]);
}

/** How many choices wait in the browser to be sent. */
const unsent = (window: Page) =>
  window.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("touchstone-workbench", 1);
        opening.onsuccess = () => {
          const counting = opening.result.transaction("outbox").objectStore("outbox").count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
  );

/** Until every file that a kept script may load later is kept too. */
async function waitUntilLaterIsKept(window: Page): Promise<void> {
  const missing = () =>
    window.evaluate(async () => {
      const name = (await caches.keys()).at(-1) ?? "";
      const cache = await caches.open(name);
      const kept = new Map<string, string>();
      for (const request of await cache.keys())
        kept.set(new URL(request.url).pathname, (await (await cache.match(request))?.text()) ?? "");
      const named = [...kept].flatMap(([path, text]) =>
        path.endsWith(".js") ? (text.match(/\bstatic\/chunks\/[\w.~-]+\.(?:js|css)\b/g) ?? []) : [],
      );
      return named.filter((path) => !kept.has(`/_next/${path}`));
    });
  await vi.waitUntil(async () => (await missing()).length === 0, { timeout: patienceMs, interval: 100 });
}
