import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arrive, type Person, signIn } from "./people.ts";
import { adminPassword, openProduct, type Product } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

let product: Product;
let admin: Person;
beforeAll(async () => {
  product = await openProduct();
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
    const chooser = page.waitForEvent("filechooser");
    await page.getByLabel("File").click();
    await (await chooser).setFiles({ name: "four.csv", mimeType: "text/csv", buffer: fourAnswers() });
    const receipt = page.getByRole("form", { name: "Receipt" });
    await receipt.getByText("200 prompts, 800 answers, 800 tasks, 0 votes").waitFor();
    await receipt.getByText("Every column and every row is used.").waitFor();
    await receipt.getByText("800 tasks × 3 judgements each → 2,400 judgements").waitFor();
    await receipt.getByRole("button", { name: "Import" }).click();
    await receipt.getByRole("status").filter({ hasText: "800 tasks" }).waitFor();
    expect((await clicks()) - before).toBeLessThanOrEqual(6);
    const client = clientOf(product.touchstone.url);
    await client.signIn({ body: { email: "admin@touchstone.local", password: adminPassword } });
    const projectId = /projects\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? "";
    const { tasks } = await client.claimTasks({ params: { id: projectId }, body: { count: 1 } });
    expect(tasks[0]?.completions).toHaveLength(2);
  });
});
