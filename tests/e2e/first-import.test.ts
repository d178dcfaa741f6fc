import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import type { FileChooser, Locator, Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Sample, samples } from "../../packages/datasets/src/shapes/samples.fixture.ts";
import { arrive, type Person, signIn } from "./people.ts";
import { adminPassword, openProduct, type Product } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

let product: Product;
let admin: Person;
let client: Client;
beforeAll(async () => {
  product = await openProduct();
  client = clientOf(product.touchstone.url);
  await client.signIn({ body: { email: "admin@touchstone.local", password: adminPassword } });
  admin = await arrive(product.browser, product.touchstone.url, "admin");
}, 240_000);
afterAll(() => product.close());

/** Two hundred prompts with four answers each, as a spreadsheet writes them. */
function fourAnswers(): Buffer {
  const rows = Array.from({ length: 200 }, (_, index) =>
    [index, `How does thing ${index} work?`, ..."ABCD".split("").map((name) => `Answer ${name}, to ${index}.`)]
      .map((cell) => `"${cell}"`)
      .join(","),
  );
  return Buffer.from(["id,prompt,answer_1,answer_2,answer_3,answer_4", ...rows].join("\r\n"));
}

/** How often the page was clicked since it was loaded last; kept over navigation in the tab's own storage. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    document.addEventListener(
      "click",
      (event) => {
        // A press of Enter in a form makes a click that nobody makes with a hand; it counts all the same.
        if (event.isTrusted)
          sessionStorage.setItem("clicks", String(Number(sessionStorage.getItem("clicks") ?? 0) + 1));
      },
      true,
    );
  });
  return () => page.evaluate(() => Number(sessionStorage.getItem("clicks") ?? 0));
}

/** A file as people have it: the browser reads it from the disk each time, and knows when it was written. */
function fileOnDisk(name: string) {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-file-"));
  const path = join(folder, name);
  return {
    path,
    write: (rows: readonly object[]) => writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join("")),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** By the browser's own dialog, as people do. */
async function choose(page: Page, file: Parameters<FileChooser["setFiles"]>[0]): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.locator("input[type=file]").click();
  await (await chooser).setFiles(file);
}

/** The text of the file that a button saves. */
async function saved(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).click();
  return readFileSync(await (await download).path(), "utf8");
}

/** An empty project, open on its page for imports. */
async function onImportPage(client: Client, page: Page, name: string): Promise<{ id: string; receipt: Locator }> {
  const { id } = await client.createProject({
    body: ProjectDraft.parse({ name, guideline: "Be fair.", mustRead: false }),
  });
  await page.goto(`/projects/${id}/import`);
  return { id, receipt: page.getByRole("form", { name: "Receipt" }) };
}

describe("a first import", () => {
  it("brings 200 prompts with four answers to annotators' screens within six clicks of signing in", async () => {
    const { page } = admin;
    const clicks = await countClicks(page);
    await signIn(admin, "admin@touchstone.local", adminPassword);
    const before = await clicks();
    await page.getByRole("link", { name: "New project" }).click();
    await page.getByLabel("Name").fill("Four answers");
    await page.getByLabel("Guideline").fill("Prefer the clearer answer.");
    await page.getByRole("button", { name: "Create" }).click();
    await page.waitForURL(/\/import$/);
    await choose(page, { name: "four.csv", mimeType: "text/csv", buffer: fourAnswers() });
    const receipt = page.getByRole("form", { name: "Receipt" });
    await receipt.getByText("200 prompts, 800 answers, 800 tasks, 0 votes").waitFor();
    await receipt.getByText("Every column and every row is used.").waitFor();
    await receipt.getByText("800 tasks × 3 judgements each → 2,400 judgements").waitFor();
    await receipt.getByRole("button", { name: "Import" }).click();
    await receipt.getByRole("status").filter({ hasText: "800 tasks" }).waitFor();
    expect((await clicks()) - before).toBeLessThanOrEqual(6);
    const projectId = /projects\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
    const { tasks } = await client.claimTasks({ params: { id: projectId }, body: { count: 1 } });
    expect(tasks[0]?.completions).toHaveLength(2);
  });
});

/** One file of each shape that is recognised by itself, with the reason that the receipt gives. */
const shapes = [...new Map(samples.map((sample) => [sample.reason, sample])).values()];
/** Nobody is asked: about prompts alone, which have no answer to judge yet, or where the file brings every judgement itself. */
const nobodyAsked = {
  evals: "No new task",
  promptsOnly: "No new task",
  verl: "No new task",
  pandalm: "brings all the judgements",
};

describe("each named shape", () => {
  it("takes at most six clicks from signing in to its first task on the screen, unless there is nothing left to judge", async () => {
    await admin.page.request.post("/api/session", {
      data: { email: "admin@touchstone.local", password: adminPassword },
    });
    const taken = new Map<string, number>();
    // Several newcomers at once, each with one shape after the other.
    const queue = [...shapes];
    const newcomer = async (page: Page): Promise<void> => {
      const clicks = await countClicks(page);
      for (let shape = queue.shift(); shape; shape = queue.shift()) {
        taken.set(shape.reason, await clicksOf(page, clicks, shape));
      }
    };
    const pages = await Promise.all([0, 1, 2].map(() => admin.page.context().newPage()));
    await Promise.all(pages.map(newcomer));
    await Promise.all(pages.map((page) => page.close()));
    expect([...taken.keys()].sort()).toEqual(shapes.map(({ reason }) => reason).sort());
    expect([...taken].filter(([, clicks]) => clicks > 6)).toEqual([]);
  });

  /** How often somebody clicks who has just signed in, from their first page to a task of this file. */
  async function clicksOf(page: Page, clicks: () => Promise<number>, { reason, rows }: Sample): Promise<number> {
    await page.goto("/projects");
    const before = await clicks();
    await page.getByRole("link", { name: "New project" }).click();
    await page.getByLabel("Name", { exact: true }).fill(`Six clicks, ${reason}`);
    await page.getByLabel("Guideline").fill("Prefer the clearer answer.");
    await page.getByRole("button", { name: "Create" }).click();
    await page.waitForURL(/\/import$/);
    const buffer = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    await choose(page, { name: `${reason}.jsonl`, mimeType: "application/x-ndjson", buffer });
    const receipt = page.getByRole("form", { name: "Receipt" });
    await receipt.getByRole("button", { name: "Import" }).click();
    const first = page.getByRole("link", { name: "Judge the first task" });
    const why = Object.entries(nobodyAsked).find(([name]) => name === reason)?.[1];
    if (why !== undefined) {
      await receipt.getByText(why).waitFor();
      expect(await first.count()).toBe(0);
      return 0;
    }
    await first.click();
    // A new guideline is read first.
    const read = page.getByRole("button", { name: "I have read it" });
    const desk = page.locator("footer.workbench-foot");
    await read.or(desk).first().waitFor();
    if ((await read.count()) > 0) await read.click();
    await desk.waitFor();
    return (await clicks()) - before;
  }
});

describe("a file on the page for imports", () => {
  const pair = (n: number) => ({ prompt: `Question ${n}?`, completions: [`One says ${n}.`, `Two says ${n}.`] });

  it("that changed on disk after its receipt is said to have changed, and nothing of it is imported", async () => {
    const { page } = admin;
    const { id, receipt } = await onImportPage(client, page, "Changed on disk");
    const stored = async () => (await client.listImports({ params: { id } })).items.length;
    const file = fileOnDisk("mine.jsonl");
    try {
      file.write([pair(1)]);
      await choose(page, file.path);
      await receipt.getByText("1 prompt, 2 answers, 1 task, 0 votes").waitFor();
      file.write([pair(1), pair(2), pair(3)]);
      await receipt.getByRole("button", { name: "Import" }).click();
      const changed = "The file has changed since you chose it. Choose it again.";
      await receipt.getByRole("alert").filter({ hasText: changed }).waitFor();
      expect(await stored()).toBe(0);

      // The same file chosen again is read as it is now, and that is what is imported.
      await choose(page, file.path);
      await receipt.getByText("3 prompts, 6 answers, 3 tasks, 0 votes").waitFor();
      expect(await page.getByText(changed).count()).toBe(0);
      await receipt.getByRole("button", { name: "Import" }).click();
      await receipt.getByRole("status").filter({ hasText: "3 tasks" }).waitFor();
      expect((await client.listImports({ params: { id } })).items).toMatchObject([{ fileName: "mine.jsonl", rows: 3 }]);

      // Once more: it is known, and so is what was read of it then.
      await choose(page, file.path);
      await receipt.getByText("All 3 rows are in this project already: importing adds nothing.").waitFor();
      await receipt.getByText("All that was found in the rows").click();
      await receipt.getByText("Rows that repeat an earlier one to the letter").waitFor();
      await receipt.getByRole("link", { name: "See that import" }).click();
      await page.getByText("SHA-256 of its bytes").waitFor();
      expect(await saved(page, "As JSON")).toMatch(/"version": 1[\s\S]*"rows": 3/);
      expect(await saved(page, "As Markdown")).toMatch(
        /^# Receipt: mine\.jsonl\n[\s\S]*\*\*Length of answers\*\*: 3 words/,
      );
    } finally {
      file.remove();
    }
  });

  it("goes on where it was after a reload, without what has come being sent again, and is imported from there", async () => {
    const { page } = admin;
    const { id, receipt } = await onImportPage(client, page, "Sent in two parts");
    const file = fileOnDisk("long.jsonl");
    const offsets: number[] = [];
    const note = (request: Request) => {
      if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
    };
    // A line on which twelve megabytes take four seconds.
    const line = await page.context().newCDPSession(page);
    const upload = (uploadThroughput: number) =>
      line.send("Network.emulateNetworkConditions", {
        ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput },
      });
    try {
      file.write(
        Array.from({ length: 300 }, (_, n) => ({
          prompt: `Question ${n}?`,
          completions: ["long ".repeat(8_000), "short"],
        })),
      );
      await upload(3_000_000);
      await choose(page, file.path);
      const sent = page.getByRole("region", { name: "Sending long.jsonl" });
      await sent.getByText(/^(?:[5-9]|1\d)(?:\.\d)? MB of 12 MB sent, about .* left$/).waitFor();
      await page.reload();
      await page.getByText(/^[1-9].* MB of 12 MB have come\. Choose the same file again/).waitFor();
      await upload(-1);
      page.on("request", note);
      await choose(page, file.path);
      await receipt.getByText("300 prompts, 600 answers, 300 tasks").waitFor();
      expect(offsets[0]).toBeGreaterThan(4_000_000);
      await receipt.getByRole("button", { name: "Import" }).click();
      await receipt.getByRole("status").filter({ hasText: "300 tasks" }).waitFor();
      const { tasks } = await client.claimTasks({ params: { id }, body: { count: 1 } });
      expect(tasks[0]?.prompt.messages[0]?.content).toMatch(/^Question \d+\?$/);
    } finally {
      page.off("request", note);
      await line.detach();
      file.remove();
    }
  });

  it("starts anew where another was read before, also one of the same name", async () => {
    const { page } = admin;
    const { receipt } = await onImportPage(client, page, "Two of one name");
    const chooseVotes = (rows: readonly object[]) =>
      choose(page, {
        name: "votes.jsonl",
        mimeType: "application/x-ndjson",
        buffer: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join("")),
      });
    const mapping = async () => {
      await receipt.getByText("Advanced", { exact: true }).click();
      return JSON.parse(await receipt.getByRole("textbox", { name: "Which column is what" }).inputValue());
    };
    await chooseVotes([{ question: "Why?", answer_a: "Because.", answer_b: "No." }]);
    await receipt.getByText("1 prompt, 2 answers, 1 task, 0 votes").waitFor();
    expect(await mapping()).toMatchObject({ prompt: "question" });
    await receipt.getByLabel("Open the new tasks for judging").uncheck();
    await chooseVotes([
      { instruction: "How?", one: "So.", other: "Thus." },
      { instruction: "When?", one: "Now.", other: "Soon." },
    ]);
    await receipt.getByText("2 prompts").waitFor();
    expect(await mapping()).toMatchObject({ prompt: "instruction" });
    expect(await receipt.getByLabel("Open the new tasks for judging").isChecked()).toBe(true);
  });
});
