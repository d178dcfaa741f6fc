import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Client } from "@touchstone/api-client";
import { ProjectDraft } from "@touchstone/contracts";
import { dataFolder } from "@touchstone/persistence";
import { runningPostgresUrl } from "@touchstone/stack";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundIn } from "../harness/copied-tables.ts";
import { adminLogin } from "./filled-workspace.ts";
import { arrive } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openProduct, type Product } from "./product.ts";
import { quiet } from "./quiet.ts";
import { filesWritten, foundOfThem, signsOfThem, somebody, somebodyAtWork } from "./somebody-at-work.ts";
import { clientOf } from "./workspace-client.ts";

const password = "a quiet green teapot";

describe("pages for people", () => {
  let product: Product;
  let admin: Page;
  let client: Client;
  let projectId: string;
  let address: string;

  beforeAll(async () => {
    product = await openProduct();
    client = clientOf(product.touchstone.url);
    await client.signIn({ body: adminLogin });
    const body = ProjectDraft.parse({
      name: "House style",
      description: "Short answers.",
      guideline: "Prefer *plain* words.",
    });
    projectId = (await client.createProject({ body })).id;
    await client.createProject({ body: ProjectDraft.parse({ name: "The newest" }) });
    const rows = new Blob([new Uint8Array(jsonLines([{ prompt: "Greet me.", completions: ["Hello.", "Good day."] }]))]);
    const upload = { body: rows, contentType: "application/x-ndjson" } as const;
    await client.importRows({ params: { id: projectId }, query: { format: "prompts" }, upload });
    admin = (await arrive(product.browser, product.touchstone.url, "admin")).page;
    await admin.request.post("/api/session", { data: adminLogin });
  });
  afterAll(async () => product?.close());

  const dialog = (page: Page): Locator => page.getByRole("dialog");
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName);

  it("invites to the project one is in, shows the link with a QR code and a warning, and shows it again", async () => {
    await admin.goto(`/projects/${projectId}`);
    await admin.getByRole("link", { name: "Invite" }).click();
    await admin.getByRole("heading", { level: 1, name: "Invite to “House style”" }).waitFor();
    await admin.getByRole("button", { name: "Make link" }).click();
    address = await dialog(admin).getByRole("textbox", { name: "Address of the link: Open join link" }).inputValue();
    await dialog(admin).getByRole("img", { name: "QR code of the address" }).waitFor();
    await dialog(admin).getByText("Only this machine can open this address.").waitFor();
    await dialog(admin).getByRole("button", { name: "Close" }).click();
    await admin.getByRole("button", { name: "Show", exact: true }).click();
    const again = dialog(admin).getByRole("textbox", { name: "Address of the link: Open join link" });
    expect(await again.inputValue()).toBe(address);
    await admin.keyboard.press("Escape");
  });

  it("takes a stranger from the link to the first task, with the project and its guideline before the consent", async () => {
    const { page } = await arrive(product.browser, product.touchstone.url, "stranger");
    await page.goto(address);
    await page.getByText("Short answers.").waitFor();
    await page.locator("em", { hasText: "plain" }).waitFor();
    await page.getByRole("checkbox").check();
    await page.getByLabel("Name").fill("Wei");
    await page.getByLabel("E-mail").fill("wei@example.org");
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Agree and start" }).click();
    await page.waitForURL(`**/work/${projectId}`);
    await page.locator("article .reading").first().waitFor();
    // The same link, opened once more by the same person, asks for nothing.
    await page.goto(address);
    await page.waitForURL(`**/work/${projectId}`);
    await page.context().close();
  });

  it("says in words that the last place went while somebody who is signed in looked at the offer", async () => {
    const { id } = await client.createProject({ body: ProjectDraft.parse({ name: "Room for one" }) });
    const consent = "Your choices are kept.";
    const { path, token } = await client.createLink({ body: { kind: "open", projectId: id, capacity: 1, consent } });
    const { page } = await arrive(product.browser, product.touchstone.url, "second");
    await page.request.post("/api/session", { data: { email: "wei@example.org", password } });
    await page.goto(path);
    await page.getByRole("checkbox").check();
    const body = { name: "Zoe", email: "zoe@example.org", password, consent: true };
    await clientOf(product.touchstone.url).join({ params: { token }, body });
    await page.getByRole("button", { name: "Agree and start" }).click();
    await page.getByRole("heading", { name: "This link no longer works." }).waitFor();
    // Who is signed in need not sign in.
    await page.getByRole("link", { name: "Go to the start page" }).click();
    await page.waitForURL("**/work");
    await page.context().close();
  });

  it("says in words that a link was cut off, in both languages", async () => {
    for (const [locale, words] of [
      ["en", "Copy it again, or ask whoever sent it."],
      ["zh-CN", "请重新复制，或向发给你的人询问。"],
    ] as const) {
      const { page } = await arrive(product.browser, product.touchstone.url, "cut", { locale });
      for (const path of ["/join/abc", "/join", address.slice(0, -1)]) {
        await page.goto(path);
        await page.getByText(words).waitFor();
        expect(await page.locator("body").innerText()).not.toContain("params");
      }
      await page.context().close();
    }
  });

  it("finds a project by what is typed after Ctrl K, also before the menu has come", async () => {
    await admin.goto("/models");
    await admin.getByRole("heading", { level: 1 }).waitFor();
    await admin.getByText("Ctrl K").waitFor();
    // The menu's list is held back, as by a slow network, until the word is typed.
    let release = (): void => undefined;
    const typed = new Promise<void>((resolve) => {
      release = resolve;
    });
    await admin.route("**/_next/static/**", async (route) => {
      await typed;
      await route.continue();
    });
    await admin.keyboard.press("Control+k");
    await admin.keyboard.type("hou");
    release();
    await admin.getByRole("option", { name: "House style" }).waitFor();
    expect(await focused(admin)).toBe("INPUT");
    await admin.keyboard.type("se");
    expect(await dialog(admin).getByRole("combobox").inputValue()).toBe("house");
    await admin.keyboard.press("Enter");
    await admin.waitForURL(`**/projects/${projectId}`);
    // The address changes before the page: whoever goes on has seen the page.
    await admin.getByRole("heading", { level: 1, name: "House style" }).waitFor();
    await admin.keyboard.press("Control+k");
    await admin.keyboard.type("wei");
    await admin.getByRole("option", { name: "Wei" }).waitFor();
    await admin.keyboard.press("Escape");
  });

  it("says that a part of the page is gone with an update, leaves the page that is there, and offers a reload", async () => {
    const { page } = await arrive(product.browser, product.touchstone.url, "outlived");
    await page.request.post("/api/session", { data: adminLogin });
    await page.goto("/projects");
    const heading = page.getByRole("heading", { level: 1, name: "Projects" });
    await heading.waitFor();
    await page.route("**/_next/static/**", (route) => route.fulfill({ status: 404 }));
    await page.keyboard.press("Control+k");
    await dialog(page).getByText("A part of this page could not be loaded.").waitFor();
    expect(await heading.count()).toBe(1);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "New project" }).click();
    await page.getByRole("main").getByText("Touchstone may have been updated").waitFor();
    await page.unroute("**/_next/static/**");
    await page.getByRole("button", { name: "Reload" }).click();
    await page.getByRole("textbox", { name: "Name" }).waitFor();
    await page.context().close();
  });

  it("shows a new API token only as long as it opens anything", async () => {
    await admin.goto("/account");
    const form = admin.getByRole("form", { name: "New API token" });
    await form.getByLabel("Name").fill("my script");
    await form.getByRole("button", { name: "Make token" }).click();
    const secret = admin.getByRole("textbox", { name: "Your new token" });
    await secret.waitFor();
    await admin.getByRole("button", { name: "Revoke my script" }).click();
    await dialog(admin).getByRole("button", { name: "Revoke" }).click();
    await secret.waitFor({ state: "detached" });
  });

  it("makes nobody an admin by an arrow key, and revokes nothing unasked", async () => {
    await admin.goto("/people");
    const role = admin.getByRole("combobox", { name: "Role of Wei" });
    await role.selectOption({ label: "Admin" });
    await dialog(admin).getByText("Make Wei an admin?").waitFor();
    await admin.keyboard.press("Enter");
    await dialog(admin).waitFor({ state: "detached" });
    expect(await role.inputValue()).toBe("annotator");
    await admin.getByRole("button", { name: "Revoke" }).click();
    await dialog(admin).getByText("Revoke this link?").waitFor();
    await admin.keyboard.press("Escape");
    await dialog(admin).waitFor({ state: "detached" });
    // The page would show a change only once the API has answered: what the API has is asked of itself.
    const { items: members } = await client.listMembers({ query: { search: "wei@" } });
    expect(members.map(({ name, role: given }) => [name, given])).toEqual([["Wei", "annotator"]]);
    const { items: links } = await client.listLinks();
    expect(links.filter(({ projectId: of }) => of === projectId).map(({ state }) => state)).toEqual(["open"]);
  });

  it("offers the least role for a token, and changes a password with the present one", async () => {
    const { page } = await arrive(product.browser, product.touchstone.url, "wei");
    await page.request.post("/api/session", { data: { email: "wei@example.org", password } });
    await admin.goto("/account");
    expect(await admin.getByRole("form", { name: "New API token" }).getByLabel("Role").inputValue()).toBe("annotator");
    await page.goto("/account");
    const form = page.getByRole("form", { name: "Change password" });
    await form.getByLabel("Present password").fill("not it at all");
    await form.getByLabel("New password").fill("a loud purple teapot");
    await form.getByRole("button", { name: "Change password" }).click();
    await form.getByText("This is not your present password.").waitFor();
    await form.getByLabel("Present password").fill(password);
    await form.getByRole("button", { name: "Change password" }).click();
    await page.getByText("Your password is changed.").waitFor();

    await admin.goto("/people");
    await admin.getByRole("button", { name: "Disable Wei" }).click();
    await dialog(admin).getByRole("button", { name: "Disable" }).click();
    await admin.getByRole("button", { name: "Enable Wei" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Your account has been disabled." }).waitFor();
    await page.context().close();
  });

  it("erases somebody once all that depends on them was named and their name typed; no page, table, log or file has their name, mail or words then", async () => {
    const { dataDir, url } = product.touchstone;
    const databaseUrl = runningPostgresUrl(dataDir);
    if (databaseUrl === undefined) throw new Error("Postgres is not running.");
    const theirs = await somebodyAtWork(client, url);
    const stored = (path: string) => path.startsWith("files/label-sets/");
    expect(filesOf(dataDir).filter((path) => stored(path) && hasThem(dataDir, path))).not.toEqual([]);
    const { name } = somebody;
    await admin.goto("/people");
    await admin.getByRole("button", { name: `Erase ${name}…` }).click();
    const what = dialog(admin).getByRole("combobox", { name: "What is erased" });
    await dialog(admin)
      .getByText(/of the audit: (it stays|they stay), without a name/)
      .waitFor();
    await what.selectOption({ label: "Their judgements and texts too" });
    await dialog(admin).getByText("Places at tasks are given to others.").waitFor();
    const sure = dialog(admin).getByRole("button", { name: "Erase for good" });
    expect(await sure.isDisabled()).toBe(true);
    await dialog(admin).getByLabel(`To confirm, type the name: ${name}`).fill(name);
    await admin.keyboard.press("Enter");
    await dialog(admin).waitFor({ state: "detached" });
    await admin.getByRole("button", { name: `Erase ${name}…` }).waitFor({ state: "detached" });
    await expect
      .poll(async () => (await client.listErasures()).items.map(({ finishedAt }) => finishedAt !== null))
      .toEqual([true]);
    await admin.goto("/people/audit");
    await admin.getByText("Person erased").waitFor();

    // The worker writes it anew.
    await filesWritten(client, theirs.labelSetId);
    const ofProject = ["", "/browse", "/judgements", "/remarks", "/quality", "/left-out", "/batches", "/export"];
    const pages = [
      ...["/people", "/people/audit", "/projects", "/work", `/label-sets/${theirs.labelSetId}`],
      ...ofProject.map((below) => `/projects/${theirs.projectId}${below}`),
    ];
    for (const path of pages) {
      // As it is sent, and as it is once it has asked for all that it shows.
      const sent = await admin.request.get(path);
      expect([path, sent.status(), foundOfThem(await sent.text())]).toEqual([path, 200, []]);
      await admin.goto(path);
      await admin.getByRole("heading", { level: 1 }).waitFor();
      await quiet(admin);
      expect([path, foundOfThem(await admin.content())]).toEqual([path, []]);
    }
    expect(await foundIn(databaseUrl, signsOfThem)).toEqual([]);
    for (const path of filesOf(dataDir)) {
      expect(
        dataFolder.some((kind) => kind.path.test(path)),
        `Say in erasure/files.ts what ${path} is.`,
      ).toBe(true);
      // Rows that are gone lie in Postgres's pages until it uses their place again: docs/erasure.md.
      if (!path.startsWith("postgres/")) expect(hasThem(dataDir, path), path).toBe(false);
    }
  });
});

/** All files below a folder, by their path in it. */
function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
}

const hasThem = (folder: string, path: string) =>
  foundOfThem(readFileSync(join(folder, path)).toString("latin1")).length > 0;
