import { createHash } from "node:crypto";
import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { adminLogin } from "./filled-workspace.ts";
import { violations } from "./inspect-page.ts";
import { arrive, type Person, picture } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openSharedProduct, type SharedProduct } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

let product: SharedProduct;
let client: Client;
let person: Person;
beforeAll(async () => {
  product = await openSharedProduct();
  client = clientOf(product.touchstone.url);
  await client.signIn({ body: adminLogin });
  person = await arrive(product.browser, product.touchstone.url, "admin");
  await person.page.request.post("/api/session", { data: adminLogin });
});
afterAll(async () => product?.close());
afterEach(({ task }) => (task.result?.state === "fail" ? picture(person, "label-sets") : undefined));

async function bring(id: string, prompts: readonly string[]): Promise<void> {
  const rows = prompts.map((prompt) => ({ prompt, chosen: `${prompt} Yes.`, rejected: `${prompt} No.` }));
  const body = new Blob([new Uint8Array(jsonLines(rows))]);
  const query = { format: "trl-preference" } as const;
  await client.importRows({ params: { id }, query, upload: { body, contentType: "application/x-ndjson" } });
}

it("a frozen set is named, made the latest, written as a file, loaded by its address and compared, on its page", async () => {
  const { page } = person;
  const { id } = await client.createProject({ body: ProjectDraft.parse({ name: "Frozen", guideline: "Prefer." }) });
  const freeze = () => client.makeLabelSet({ params: { id }, body: { selection: { filter: {} } } });
  await page.goto(`/projects/${id}/label-sets`);
  await page.getByText("Frozen sets of judgements will stand here.").waitFor();
  await bring(id, ["Why one?", "Why two?"]);
  await freeze();
  await bring(id, ["Why three?"]);
  await freeze();

  await page.goto(`/projects/${id}/export`);
  await page.getByRole("link", { name: "Label sets" }).click();
  const link = page.getByRole("cell").getByRole("link", { name: /^Set [0-9a-f]{8}$/ });
  await link.nth(1).waitFor();
  await link.first().click();
  await page.getByText("3 judgements", { exact: true }).waitFor();
  await page.getByText("all items of the project").waitFor();

  await page.getByLabel("Name", { exact: true }).fill("All three");
  await page.getByRole("button", { name: "Save the name" }).click();
  await page.getByRole("heading", { level: 1, name: "All three" }).waitFor();
  await page.getByRole("button", { name: "Make it the latest" }).click();
  await page.getByText("leads to this set").waitFor();

  await page.getByText("Have a file written").click();
  await page.getByLabel("Format").selectOption("trl-preference-plain");
  await page.getByText("trl-preference-plain.parquet").waitFor();
  await page.getByLabel("Most tokens that a trainer takes").fill("4");
  await page.getByRole("button", { name: "Count longer rows" }).click();
  // "Why three?" with "Why three? Yes." is 25 bytes.
  await page.getByText("Longer than 4 tokens: 3 of 3 rows. The longest has about 7.").waitFor();
  // The same by a tokenizer, which a worker asks.
  await page.getByLabel("Counted by").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Count longer rows" }).click();
  await page.getByText(/^By the tokenizer of P-1 · Practice model/).waitFor();
  await page.getByText(/^Longer than 4 tokens: 3 of 3 rows. The longest has \d+.$/).waitFor();
  await page.getByRole("button", { name: "Write the file" }).click();
  const file = page.getByRole("listitem").filter({ hasText: "trl-preference-plain.parquet" });
  await file.getByText("Ready").waitFor();
  await file.getByText("3 rows").waitFor();
  const sent = await page.request.get(
    (await file.getByRole("link", { name: "trl-preference-plain.parquet" }).getAttribute("href")) ?? "",
  );
  const sha256 = createHash("sha256")
    .update(await sent.body())
    .digest("hex");
  await file.getByText(sha256).waitFor();
  await file.getByText("How to load it").click();
  await file.getByText('load_dataset("parquet"').waitFor();
  await file.getByRole("checkbox", { name: /latest/ }).check();
  await file.getByText(`/api/projects/${id}/label-sets/latest/files/`).first().waitFor();
  await file.getByRole("button", { name: "Address for an hour" }).click();
  const address = await file.getByLabel("Address of trl-preference-plain.parquet").getByRole("textbox").inputValue();
  const anybody = await fetch(address);
  expect([anybody.status, (await anybody.arrayBuffer()).byteLength]).toEqual([200, (await sent.body()).length]);

  await page.getByLabel("Compare with").selectOption({ index: 1 });
  await page.getByText("2 judgements are in both").waitFor();
  await page.getByText("1 is only here: made after the other was frozen").waitFor();
  await page.getByRole("cell").getByRole("link", { name: "Why three?" }).first().waitFor();
  expect(await violations(page)).toEqual([]);
  expect(person.complaints).toEqual([]);
});
