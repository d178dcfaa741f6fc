import type { Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { arrive, type Person, patienceMs, picture, signIn } from "./people.ts";
import { adminPassword, openProduct, type Product } from "./product.ts";
import { runSucceeds } from "./steps.ts";
import { clientOf } from "./workspace-client.ts";

let product: Product;
let admin: Person;
let chinese: Person;
let practiceId: string;

beforeAll(async () => {
  product = await openProduct();
  const { url } = product.touchstone;
  admin = await arrive(product.browser, url, "admin");
  chinese = await arrive(product.browser, url, "chinese", { locale: "zh-CN" });
  await signIn(admin, "admin@touchstone.local", adminPassword);
  const client = clientOf(url);
  await client.signIn({ body: { email: "admin@touchstone.local", password: adminPassword } });
  const { items } = await client.listProjects();
  practiceId = items.find(({ practice }) => practice)?.id ?? "";
}, 240_000);
afterAll(() => product.close());

const round = ({ page }: Person, button = "Launch the round") =>
  page.locator("form", { has: page.getByRole("button", { name: button }) });

describe("the form that launches a round", () => {
  it("refuses before the launch what has no labels to learn from, and says why", async () => {
    const { page } = admin;
    await page.goto(`/projects/${practiceId}/runs/new`);
    const form = round(admin);
    await form.getByText("There are 0 comparisons to train on; at least 32 are needed.").waitFor();
    await form.getByText("Simulated judgements are not counted in.").waitFor();
    expect(await form.getByRole("button", { name: "Launch the round" }).isDisabled()).toBe(true);
    await form.getByText("How long it takes is not known").waitFor();
  });

  it("says how many labels fit and how many prompts there are, in both languages", async () => {
    const { page } = admin;
    await page.getByLabel("Judgements", { exact: true }).fill("200");
    await page.getByRole("button", { name: "Let them judge" }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await runSucceeds(page);
    await page.goto(`/projects/${practiceId}/runs/new`);
    const form = round(admin);
    await form.getByLabel("Also learn from simulated judgements").check();
    const fits = form.getByText(/(All|\d+ of) \d+ comparisons for training/);
    await fits.waitFor();
    expect(await fits.innerText()).toContain("128 tokens");
    await form.getByText(/\d+ available in the test split/).waitFor();
    expect(await form.getByRole("button", { name: "Launch the round" }).isEnabled()).toBe(true);
    await form.getByLabel("Prompts of the blind evaluation").fill("4999");
    await form.getByText("no more than these will be compared").waitFor();
    const single = round(admin, "Launch this run");
    await single.getByLabel("Recipe").selectOption({ label: "A head on the policy’s frozen features" });
    await single.getByText("The policy reads every answer once as it is").waitFor();
    expect(await single.getByLabel("Settings").inputValue()).toContain('"frozen"');
    await picture(admin, "launch form");

    await chinese.page.goto("/sign-in");
    await chinese.page.getByLabel("邮箱").fill("admin@touchstone.local");
    await chinese.page.getByLabel("密码").fill(adminPassword);
    await chinese.page.getByLabel("密码").press("Enter");
    await chinese.page.waitForURL((address) => !address.pathname.startsWith("/sign-in"));
    await chinese.page.goto(`/projects/${practiceId}/runs/new`);
    const theirs = round(chinese, "启动这一轮");
    await theirs.getByText("至少需要 32 条").waitFor();
    await theirs.getByText("模拟标注未计入").waitFor();
    await theirs.getByText("尚不知道需要多久").waitFor();
    await picture(chinese, "launch form");
  });

  it("does not propose to compare the only policy with itself", async () => {
    const { page } = admin;
    await page.goto(`/projects/${practiceId}/evaluations`);
    await page.getByText("There is only one policy so far").waitFor();
    expect(await page.getByLabel("Old policy").inputValue()).toBe("");
    expect(await page.getByRole("button", { name: "Compare" }).isDisabled()).toBe(true);
  });

  it("launches nothing before the lists of models are there, and says when one can't be read", async () => {
    const { page } = admin;
    const held: Route[] = [];
    await page.route(/\/api\/models\?/, (route) => void held.push(route));
    await page.goto(`/projects/${practiceId}/runs/new`);
    const form = round(admin, "Launch this run");
    const launch = form.getByRole("button", { name: "Launch this run" });
    await form.getByLabel("Kind").selectOption({ label: "Fresh answers" });
    await vi.waitFor(() => expect(held.length).toBeGreaterThan(0), { timeout: patienceMs });
    expect(await launch.isDisabled()).toBe(true);
    await page.route(/\/api\/models\?/, (route) => route.fulfill({ status: 503, json: {} }));
    for (const route of held) await route.fulfill({ status: 503, json: {} });
    const again = form.getByRole("button", { name: "Try again" });
    await again.waitFor();
    expect(await launch.isDisabled()).toBe(true);
    await page.unroute(/\/api\/models\?/);
    await again.click();
    await form.getByLabel("Starting policy").locator("option").first().waitFor({ state: "attached" });
    expect(await launch.isEnabled()).toBe(true);
  });
});
