import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, untranslated, violations } from "./inspect-page.ts";
import { arrive } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openProduct, type Product } from "./product.ts";
import { quiet } from "./quiet.ts";
import { clientOf } from "./workspace-client.ts";

const output = fileURLToPath(new URL("output/", import.meta.url));
const tasks = 20;
/** More than the table shows at first, each with one judgement. */
const people = 14;
const rows = Array.from({ length: tasks }, (_, n) => ({
  prompt: `Greet me, ${n}.`,
  completions: [`Hello to you, number ${n}, and a very good morning.`, `Good day, ${n}.`],
}));

describe("the overview of a project", () => {
  let product: Product;
  let admin: Client;
  let page: Page;
  let projectId: string;

  beforeAll(async () => {
    product = await openProduct();
    const { url } = product.touchstone;
    admin = clientOf(url);
    await admin.signIn({ body: adminLogin });
    projectId = (await admin.createProject({ body: ProjectDraft.parse({ name: "Greetings", overlap: 1 }) })).id;
    const body = new Blob([new Uint8Array(jsonLines(rows))]);
    const upload = { body, contentType: "application/x-ndjson" } as const;
    await admin.importRows({ params: { id: projectId }, query: { format: "prompts" }, upload });
    for (let n = 0; n < people; n++) await judgeOnce(url, n);
    ({ page } = await arrive(product.browser, url, "en", { reducedMotion: "reduce" }));
    await page.request.post("/api/session", { data: adminLogin });
    mkdirSync(output, { recursive: true });
  }, 300_000);
  afterAll(async () => product?.close());

  /** Somebody new judges one task faster than anybody could have read it, and gives back what came with it. */
  async function judgeOnce(url: string, n: number): Promise<void> {
    const { token } = await admin.createLink({ body: { kind: "invitation", role: "annotator" } });
    const person = clientOf(url);
    const email = `person${n}@example.org`;
    await person.join({ params: { token }, body: { name: `Person ${n}`, email, password: "a quiet green teapot" } });
    const { tasks: held } = await person.claimTasks({ params: { id: projectId }, body: { count: 1 } });
    const [task] = held;
    if (!task) throw new Error("There was no task.");
    const receipt = await person.submitJudgement({
      body: {
        leaseId: task.lease.id,
        leaseToken: task.lease.token,
        idempotencyKey: randomUUID(),
        answer: { choice: "graded", step: 2 },
        timings: { visibleMs: 200 + n, activeMs: 200, firstScrollMs: null },
        client: { locale: "en", viewport: "1280x800", input: "api" },
      },
    });
    const { lease } = receipt.next ?? {};
    if (lease) await person.releaseLease({ params: { id: lease.id }, body: { leaseToken: lease.token } });
  }

  const open = async (path: string): Promise<void> => {
    await page.goto(path);
    await page.locator("h1").first().waitFor({ state: "attached" });
    await page.locator("[data-waiting]").first().waitFor({ state: "detached" });
    await quiet(page);
  };
  const overview = () => open(`/projects/${projectId}`);

  it("says how many are missing, when they will be there, and offers one next step", async () => {
    await overview();
    const figures = page.getByRole("region", { name: "The project in figures" });
    expect(await figures.getByRole("paragraph").first().innerText()).toBe("70%");
    await figures.getByRole("link", { name: "14 of 20 judged" }).waitFor();
    await figures.getByRole("link", { name: "6 wait for people" }).waitFor();
    const next = page.getByRole("region", { name: "Next step" });
    expect(await next.innerText()).toMatch(
      /6 judgements are still missing\. At the present pace they are all there by /,
    );
    expect(await next.getByRole("link").allInnerTexts()).toEqual(["Look at what comes in"]);
    expect(await page.locator("main").getByRole("link", { name: "Import a file" }).count()).toBe(0);
  });

  it("leads each figure to as many judgements as it says", async () => {
    await overview();
    await page.getByRole("link", { name: "14 of 20 judged" }).click();
    await page.waitForURL(/\/judgements\?state=counted$/);
    await page.getByRole("row").nth(people).waitFor();
    expect(await page.getByRole("row").count()).toBe(people + 1);
    await overview();
    await page.getByRole("link", { name: "Person 3", exact: true }).click();
    await page.waitForURL(/member=/);
    // The address changes before the page, and the overview has rows of its own.
    await page.getByRole("heading", { level: 1, name: "Judgements" }).waitFor();
    await page.getByRole("row").nth(1).waitFor();
    expect(await page.getByRole("row").count()).toBe(2);
  });

  it("marks who is too fast in words, tells the rule, and says how many more there are", async () => {
    await overview();
    const table = page.getByRole("figure", { name: "Annotators" });
    expect(await table.getByRole("row").count()).toBe(13);
    expect(await table.getByText("too fast to have read: 1 sec at least").count()).toBe(12);
    await page.getByText(/^Too fast: the median is below one second/).waitFor();
    await page.getByRole("button", { name: "2 more annotators" }).click();
    expect(await table.getByRole("row").count()).toBe(people + 1);
    expect(await page.getByRole("button", { name: /more annotator/ }).count()).toBe(0);
  });

  it("is found in the list of projects with what is asked there and how far it is", async () => {
    await open("/projects");
    const row = page.getByRole("listitem").filter({ hasText: "Greetings" });
    await row.getByText("Preferences between two answers").waitFor();
    await row.getByText("14 of 20 judged").waitFor();
    await row.getByText(/^Made on /).waitFor();
  });

  it("finds a member by what is typed of their name", async () => {
    await open("/people");
    await page.getByRole("searchbox", { name: "Name or e-mail" }).fill("person1@");
    await page.getByText("person2@example.org").waitFor({ state: "detached" });
    await page.getByText("person1@example.org").waitFor();
    await page.getByRole("searchbox").fill("nobody at all");
    await page.getByText("Nobody here has “nobody at all” in their name or e-mail.").waitFor();
  });

  describe.each(["en", "zh"] as const)("in %s", (language) => {
    const places = (): readonly (readonly [string, string])[] => [
      ["overview", `/projects/${projectId}`],
      ["overview-judgements", `/projects/${projectId}/judgements?state=counted&hours=1`],
    ];

    /** Each place on a desk and on a phone, light and dark: what is wrong with it, by picture. */
    async function faultsOf(of: readonly (readonly [string, string])[]): Promise<unknown[]> {
      const cookie = { name: "touchstone-locale", value: language, url: product.touchstone.url };
      await page.context().addCookies([cookie]);
      const faults: unknown[] = [];
      for (const [name, path] of of) {
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 844 });
          await page.emulateMedia({ colorScheme: width === 390 ? "dark" : "light" });
          await open(path);
          await page.screenshot({ path: `${output}${name}-${language}-${width}.png`, fullPage: true });
          const found = [await overflow(page), ...(await violations(page)), ...(await untranslated(page, language))];
          if (found.some((fault) => fault !== 0)) faults.push({ name, width, found });
        }
      }
      return faults;
    }

    it("fits, has no two landmarks of one name, and leaves nothing untranslated", async () => {
      expect(await faultsOf(places())).toEqual([]);
    });

    it("says calmly at the desk that the project is paused, and on every page that it is archived", async () => {
      const be = (state: "active" | "paused" | "archived") =>
        admin.changeProject({ params: { id: projectId }, body: { state } });
      try {
        await be("paused");
        await open(`/work/${projectId}`);
        await page.getByText(language === "en" ? "This project is paused." : "该项目已暂停。").waitFor();
        expect(await page.getByRole("alert").filter({ hasText: /./ }).count()).toBe(0);
        expect(await page.locator("main .text-warn").count()).toBe(0);
        await be("archived");
        const rooms = ["/import", "/settings"].map((room) => [`archived${room.replace("/", "-")}`, room] as const);
        expect(await faultsOf(rooms.map(([name, room]) => [name, `/projects/${projectId}${room}`]))).toEqual([]);
        const note = language === "en" ? /^This project is archived: everything/ : /^该项目已归档：内容/;
        await page.getByText(note).waitFor();
        const instead = language === "en" ? "This project is archived. What can be done" : "该项目已归档，恢复后";
        // The same guard stands in every room and in both languages, so the second one looks into one of them.
        const guarded = ["/runs/new", "/invite", "/import", "/runs", "/evaluations"];
        for (const room of language === "en" ? guarded : guarded.slice(0, 1)) {
          await open(`/projects/${projectId}${room}`);
          const said = page.getByText(instead).locator("..");
          expect(await said.getByRole("link").getAttribute("href")).toBe(`/projects/${projectId}/settings`);
          expect(await page.locator("main").locator("form, input, select, textarea").count(), room).toBe(0);
        }
        await open(`/work/${projectId}`);
        await page.getByText(language === "en" ? "This project is archived." : "该项目已归档。").waitFor();
      } finally {
        await be("active");
      }
    });
  });
});
