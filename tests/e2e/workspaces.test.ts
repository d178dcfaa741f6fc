import { createWorkspaceWithAdmin } from "@touchstone/persistence";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openProductDatabase } from "../harness/product-database.ts";
import { adminLogin } from "./filled-workspace.ts";
import { overflow, violations } from "./inspect-page.ts";
import { judgedOf, type OpenDesk, openDeskAt, putOnDesk } from "./open-desk.ts";
import { arrive } from "./people.ts";
import { openProduct, type Product } from "./product.ts";

const second = "Second workspace";

/** The admin of a workspace, who is admin of another by the same login. */
let open: OpenDesk<Product>;
let first: string;
beforeAll(async () => {
  open = await openDeskAt(await openProduct());
  first = (await open.admin.getSession()).workspace.name;
  const { db, close } = openProductDatabase(open.product.touchstone.dataDir);
  await createWorkspaceWithAdmin(db, {
    workspaceName: second,
    adminName: "Nora",
    adminEmail: adminLogin.email,
    passwordHash: "of no use: the login has its own",
  });
  await close();
});
afterAll(async () => open?.product.close());

/** The rooms of a workspace are named after it. */
const roomsOf = (page: Page, workspace: string) => page.getByRole("navigation", { name: workspace }).waitFor();

async function signInForm(page: Page, words: { email: string; password: string }): Promise<void> {
  await page.goto("/sign-in?next=/models");
  await page.getByLabel(words.email).fill(adminLogin.email);
  await page.getByLabel(words.password).fill(adminLogin.password);
  await page.keyboard.press("Enter");
}

describe("whoever belongs to several workspaces", () => {
  it("chooses at sign-in with the keyboard, on a phone and in Chinese too, and is asked nothing more", async () => {
    const { product } = open;
    const large = await arrive(product.browser, product.touchstone.url, "large");
    await signInForm(large.page, { email: "E-mail", password: "Password" });
    await large.page.getByRole("heading", { name: "Where do you want to work?" }).waitFor();
    await large.page.locator("button:focus", { hasText: first }).waitFor();
    expect(await violations(large.page)).toEqual([]);
    await large.page.keyboard.press("Tab");
    await large.page.keyboard.press("Enter");
    await large.page.waitForURL("**/models");
    await roomsOf(large.page, second);
    await large.page.context().close();

    const how = { locale: "zh-CN", viewport: { width: 390, height: 844 } };
    const small = await arrive(product.browser, product.touchstone.url, "small", how);
    await signInForm(small.page, { email: "邮箱", password: "密码" });
    await small.page.getByRole("heading", { name: "进入哪个工作区？" }).waitFor();
    expect(await overflow(small.page)).toBe(0);
    await small.page.keyboard.press("Enter");
    await small.page.waitForURL("**/models");
    await roomsOf(small.page, second);
    await small.page.context().close();
  });

  it("switches in the account menu; a desk in another window says so, sends nothing there, and all of it here later", async () => {
    const { admin, page, desk } = open;
    const answer = (letter: string, n: number) => `${letter} says ${n}.`;
    const id = await putOnDesk({ admin, page, desk }, { name: "Here", pairs: 3, guideline: "Shorter wins.", answer });
    await page.route("**/api/judgements", (route) => route.abort());
    await page.keyboard.press("2");
    await page.getByText("1 kept here").waitFor();

    const window = await page.context().newPage();
    await window.goto("/models");
    await window.getByRole("button", { name: /^Account of/ }).press("Enter");
    await window.getByRole("button", { name: new RegExp(`^${second}`) }).press("Enter");
    await window.waitForURL("**/projects");
    await roomsOf(window, second);

    await page.unroute("**/api/judgements");
    await page.getByRole("heading", { name: `You are in “${second}” now.` }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await judgedOf(admin, id)).toEqual([]);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: `Back to “${first}”` }).click()]);
    await desk.shown();
    await desk.saved();
    expect((await judgedOf(admin, id)).map(({ state }) => state)).toEqual(["counted"]);
    await window.getByRole("heading", { name: `You are in “${first}” now.` }).waitFor();
  });
});
