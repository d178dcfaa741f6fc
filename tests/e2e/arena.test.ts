import type { Client } from "@touchstone/api-client";
import { ArenaSettings, ProjectDraft } from "@touchstone/contracts";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { secondPolicy } from "./arena-policies.ts";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { arrive, type Person, picture } from "./people.ts";
import { openProduct, type Product } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

let product: Product;
let admin: Client;
let projectId: string;
let policies: { id: string; sha256: string }[];
const people: Person[] = [];

beforeAll(async () => {
  product = await openProduct();
  admin = clientOf(product.touchstone.url);
  await admin.signIn({ body: adminLogin });
  await secondPolicy(product.touchstone.dataDir, "Quillback");
  policies = (await admin.listModels({ query: { kind: "policy" } })).items;
  ({ id: projectId } = await admin.createProject({
    body: ProjectDraft.parse({ name: "Talks", guideline: "Be kind." }),
  }));
  const modelIds = policies.map(({ id }) => id);
  await admin.setArenaSettings({
    params: { id: projectId },
    body: ArenaSettings.parse({ on: true, modelIds, maxNewTokens: 40, messagesAMinute: 60 }),
  });
});
afterAll(async () => product?.close());
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") for (const person of people) await picture(person, "arena");
});

/** Somebody who joins by an invitation, at a browser of their own, and all that it receives. */
async function join(browser: Browser, name: string, how: BrowserContextOptions = {}) {
  const { url } = product.touchstone;
  const { token } = await admin.createLink({ body: { kind: "invitation", role: "annotator" } });
  const login = { email: `${name}@example.org`.toLowerCase(), password: "a kite over the harbour" };
  await clientOf(url).join({ params: { token }, body: { name, ...login } });
  const person = await arrive(browser, url, name, how);
  people.push(person);
  const received: Promise<string>[] = [];
  person.page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => received.push(Promise.resolve(String(payload)))),
  );
  person.page.on("response", (response) =>
    received.push(
      Promise.all([response.allHeaders(), response.text().catch(() => "")]).then(
        ([headers, body]) => `${response.url()} ${JSON.stringify(headers)} ${body}`,
      ),
    ),
  );
  await person.page.goto("/sign-in");
  await person.page.getByLabel("E-mail").fill(login.email);
  await person.page.getByLabel("Password").fill(login.password);
  await person.page.getByRole("button", { name: "Sign in" }).click();
  await person.page.getByRole("heading", { level: 2, name: "Arena" }).waitFor();
  return { ...person, received };
}

const votes = (page: Page) => page.getByRole("group", { name: "Which of the two answers better?" });
const say = async (page: Page, text: string) => {
  await page.getByRole("textbox", { name: /Your (prompt|next message)/ }).fill(text);
  await page.keyboard.press("Enter");
};

describe("the arena", () => {
  it("lets two people at once write, go on, vote by keyboard and by touch, and only then tells the names", async () => {
    const [ada, bo] = await Promise.all([
      join(product.browser, "Keyed"),
      join(product.browser, "Touched", { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true }),
    ]);
    // By keyboard alone, from the annotator's home.
    await ada.page.getByRole("link", { name: "Talks" }).press("Enter");
    await bo.page.getByRole("link", { name: "Talks" }).tap();
    for (const { page } of [ada, bo]) await page.getByRole("textbox", { name: "Your prompt" }).waitFor();
    await Promise.all([say(ada.page, "Write about tea."), say(bo.page, "Write about rain.")]);
    // Reloaded in the middle of an answer, the battle goes on.
    await ada.page.getByText("Write about tea.").waitFor();
    await ada.page.reload();
    await Promise.all([votes(ada.page).waitFor(), votes(bo.page).waitFor()]);
    await say(ada.page, "And what of coffee?");
    await ada.page.getByText("Message 2 of 5").waitFor();
    await votes(ada.page).waitFor();
    expect(await violations(ada.page)).toEqual([]);
    expect(await violations(bo.page)).toEqual([]);
    expect(await overflow(bo.page)).toBe(0);

    // All that came before the votes, and all that the pages hold.
    for (const { page, received } of [ada, bo]) {
      const held = await page.evaluate(() =>
        [
          document.documentElement.outerHTML,
          JSON.stringify({ ...localStorage }),
          JSON.stringify({ ...sessionStorage }),
        ].join(),
      );
      const all = [...(await Promise.all(received)), held].map((text) => text.toLowerCase());
      expect(all.length).toBeGreaterThan(20);
      for (const { id, sha256 } of policies)
        for (const secret of [id, sha256])
          expect(
            all.filter((text) => text.includes(secret)),
            secret,
          ).toEqual([]);
      for (const secret of ["quillback", "practice-model", "system_fingerprint"])
        expect(
          all.filter((text) => text.includes(secret)).map((text) => text.slice(0, 200)),
          secret,
        ).toEqual([]);
    }

    await ada.page.keyboard.press("Escape");
    await ada.page.locator("main").focus();
    await ada.page.keyboard.press("a");
    await votes(bo.page).getByRole("button", { name: "Both are bad" }).dblclick();
    for (const { page } of [ada, bo]) {
      await page.getByText(/^A was (quillback\/2|practice-model\/1)$/).waitFor();
      await page.getByText(/^B was (quillback\/2|practice-model\/1)$/).waitFor();
      expect(await violations(page)).toEqual([]);
    }
    expect(ada.complaints).toEqual([]);
    expect(bo.complaints).toEqual([]);
    const { items } = await admin.listJudgements({ params: { id: projectId }, query: { limit: 10 } });
    expect(items).toHaveLength(2);

    await ada.page.locator("main").focus();
    await ada.page.keyboard.press("n");
    await ada.page.getByRole("textbox", { name: "Your prompt" }).waitFor();
  });

  it("shows the staff the battles, and lets them change who takes part", async () => {
    const person = await arrive(product.browser, product.touchstone.url, "Nora");
    people.push(person);
    const { page } = person;
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(adminLogin.email);
    await page.getByLabel("Password").fill(adminLogin.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
    await page.goto(`/projects/${projectId}/arena`);
    await page.getByRole("link", { name: "Write about tea." }).waitFor();
    const form = page.getByRole("form", { name: "Who takes part, and how much" });
    await form.getByLabel("Messages of a battle").fill("0");
    await form.getByRole("button", { name: "Save" }).click();
    await form.locator("[aria-invalid]").waitFor();
    await form.getByLabel("Messages of a battle").fill("3");
    await form.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved.").waitFor();
    expect(await violations(page)).toEqual([]);
    expect((await admin.getArenaSettings({ params: { id: projectId } })).mostTurns).toBe(3);
  });
});
