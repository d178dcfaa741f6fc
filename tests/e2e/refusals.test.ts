import { ProjectDraft } from "@touchstone/contracts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminLogin } from "./filled-workspace.ts";
import { arrive } from "./people.ts";
import { openSharedProduct, type SharedProduct } from "./product.ts";
import { clientOf } from "./workspace-client.ts";

describe("what the API refuses, on a Chinese page", () => {
  let product: SharedProduct;
  let page: Page;
  let projectId: string;
  let revoked: string;
  let invitation: string;

  beforeAll(async () => {
    product = await openSharedProduct();
    const { url } = product.touchstone;
    const client = clientOf(url);
    await client.signIn({ body: adminLogin });
    projectId = (await client.createProject({ body: ProjectDraft.parse({ name: "空项目", guideline: "" }) })).id;
    const invite = { body: { kind: "invitation", role: "annotator" } } as const;
    const link = await client.createLink(invite);
    await client.revokeLink({ params: { id: link.id } });
    revoked = link.path;
    invitation = (await client.createLink(invite)).path;
    page = (await arrive(product.browser, url, "zh")).page;
    await page.context().addCookies([{ name: "touchstone-locale", value: "zh", url }]);
    await page.request.post("/api/session", { data: adminLogin });
    // While labels can't be counted the form lets a person try, and the API's own refusal is what they read. With the
    // count at hand the form would refuse by itself (launch-form.test.ts), as soon as it had arrived.
    await page.route("**/label-fit**", (route) => route.abort());
  });
  afterAll(async () => product?.close());

  /** What the form for a single run says when it is sent with these settings. */
  async function launch(settings: object): Promise<string> {
    await page.goto(`/projects/${projectId}/runs/new`);
    const form = page.locator("form").filter({ has: page.getByRole("textbox", { name: "设置" }) });
    await form.getByRole("textbox", { name: "设置" }).fill(JSON.stringify(settings));
    // The list of models comes from the API; without one the API would refuse for that.
    await form.getByLabel("起始策略").locator("option").first().waitFor({ state: "attached" });
    await form.getByRole("button", { name: "启动运行" }).click();
    const alert = form.getByRole("alert");
    await alert.getByText(/\p{L}/u).first().waitFor();
    return alert.innerText();
  }

  it("names every setting at fault, and why", async () => {
    const said = await launch({ learningRate: -1, stepz: 3 });
    expect(said).toContain("训练设置无效。");
    expect(said).toContain("stepz：这类运行没有这项设置，请检查拼写或将其去掉。");
    expect(said).toMatch(/learningRate：.*0/);
  });

  it("says how many judgements there are and how many are needed", async () => {
    expect(await launch({})).toMatch(/^可供训练的比较太少：现有 0 条，至少需要 \d+ 条。模拟标注未计入。$/);
  });

  it("says what became of a link, and who has an account already", async () => {
    const { url } = product.touchstone;
    const stranger = (await arrive(product.browser, url, "zh-stranger")).page;
    await stranger.context().addCookies([{ name: "touchstone-locale", value: "zh", url }]);
    await stranger.goto(revoked);
    await stranger.getByText("链接已作废，请向发链接的人再要一个。").waitFor();
    await stranger.goto(invitation);
    await stranger.getByLabel("姓名").fill("Ada");
    await stranger.getByLabel("邮箱").fill(adminLogin.email);
    await stranger.getByLabel("密码", { exact: true }).fill(adminLogin.password);
    await stranger.getByRole("button", { name: "加入" }).click();
    await stranger.getByText("你已经是成员，请直接登录。").waitFor();
    await stranger.context().close();
  });
});
