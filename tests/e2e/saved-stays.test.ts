import type { Client } from "@touchstone/api-client";
import { type JudgementView, ProjectDraft } from "@touchstone/contracts";
import { openDatabase } from "@touchstone/persistence";
import { runningPostgresUrl } from "@touchstone/stack";
import fc from "fast-check";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Desk } from "./desk.ts";
import {
  everyKind,
  importTasks,
  inField,
  kindOf,
  kindsAsked,
  pressOn,
  projectOfEveryKind,
  promptOn,
} from "./every-kind.ts";
import { adminLogin } from "./filled-workspace.ts";
import { arrive, type Person, patienceMs, picture, signIn } from "./people.ts";
import { jsonLines } from "./practice-files.ts";
import { openProduct, type Product } from "./product.ts";
import { SavedWatch, type Seen } from "./saved-watch.ts";
import { clientOf } from "./workspace-client.ts";

const joinedLogin = { name: "Ines", email: "ines@example.org", password: "paper boat on the pond" };

let product: Product;
let admin: Client;
let person: Person;
let database: ReturnType<typeof openDatabase>;
beforeAll(async () => {
  product = await openProduct();
  admin = clientOf(product.touchstone.url);
  await admin.signIn({ body: adminLogin });
  const { token } = await admin.createLink({ body: { kind: "invitation", role: "annotator" } });
  await clientOf(product.touchstone.url).join({ params: { token }, body: joinedLogin });
  person = await arrive(product.browser, product.touchstone.url, joinedLogin.name);
  database = openDatabase(runningPostgresUrl(product.touchstone.dataDir) ?? "");
});
afterAll(async () => {
  await database?.close();
  await product?.close();
});
afterEach(({ task }) => (task.result?.state === "fail" ? picture(person, "saved-stays") : undefined));

describe("what was seen as saved", () => {
  it("is in the database, whatever the kind and whatever comes between", { timeout: 300_000 }, async () => {
    const id = await projectOfEveryKind(admin, 2);
    const context = person.page.context();
    const windows = [person.page, await context.newPage()];
    const watch = new SavedWatch();
    for (const window of windows) {
      await window.goto(`/work/${id}`);
      await untilThere(window, isAtTheDesk(window));
    }
    const act = fc.constantFrom(...names, "choose", "choose", "choose");
    const turn = fc.tuple(fc.nat(windows.length - 1), fc.array(act, { minLength: 3, maxLength: 6 }), fc.nat(999));
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 3, maxLength: 5 }), async (turns) => {
        for (const [which, wanted, seed] of turns) {
          const page = windows[which] ?? person.page;
          await toTheFront(page);
          for (const [n, one] of wanted.entries()) await acts[one]({ page, id, watch, draw: seed + n });
        }
        await toTheFront(person.page);
        await untilThere(person.page, allSaved(person.page));
        watch.allSaved();
      }),
      { numRuns: 3, seed: 14, endOnFailure: true },
    );
    // Once more for certain; then what is left is answered in peace, and of a kind of which every task was skipped one more,
    // so that no kind goes without.
    await acts.publish({ page: person.page, id, watch, draw: 1000 });
    await answerAll({ page: person.page, id, watch, draw: 0 });
    const kindsSaved = () => new Set([...watch.saved.keys()].map(kindOf));
    const missing = kindsAsked.filter((kind) => !kindsSaved().has(kind));
    for (const kind of missing) await importTasks(admin, id, kind, 1, " Once more.");
    await person.page.reload();
    await answerAll({ page: person.page, id, watch, draw: 0 });
    expect(kindsSaved()).toEqual(new Set(kindsAsked));
    // A busy machine may take longer over a step than an act waits for it.
    for (let n = 0; n < 5 && watch.corrections === 0; n++)
      await acts.correct({ page: person.page, id, watch, draw: n });
    expect(watch.corrections).toBeGreaterThan(0);
    await toTheFront(person.page);
    await untilThere(person.page, allSaved(person.page));
    watch.allSaved();
    const stored = await storedWords(id);
    const counting = stored.filter(({ state }) => state === "counted" || state === "surplus");
    const isIn = (judgements: readonly Stored[], prompt: string, { words, typed }: Seen) =>
      judgements.some(
        (one) => one.prompt === prompt && one.said.includes(words) && typed.every((text) => isKept(text, one.said)),
      );
    const of = (prompt: string) => stored.filter((one) => one.prompt === prompt);
    const lost = [...watch.saved].filter(([prompt, seen]) => !isIn(counting, prompt, seen));
    expect(lost.map(([prompt, seen]) => ({ seen, stored: of(prompt) }))).toEqual([]);
    // What was undone or corrected since is there as well, as such.
    const gone = watch.ever.filter((seen) => !isIn(stored, seen.prompt, seen));
    expect(gone.map((seen) => ({ seen, stored: of(seen.prompt) }))).toEqual([]);
  });
});

describe("a task that is asked a second time", () => {
  it("is shown to whoever has answered it on this very page, and what they say then is saved beside what they said", async () => {
    const pairs = [1, 2, 3, 4, 5, 6].map((n) => ({ prompt: `Again ${n}?`, completions: [`This ${n}.`, `That ${n}.`] }));
    const body = ProjectDraft.parse({ name: "Again", overlap: 1, mustRead: false, repeatShare: 0.01 });
    const { id } = await admin.createProject({ body });
    const upload = { body: new Blob([new Uint8Array(jsonLines(pairs))]), contentType: "application/x-ndjson" } as const;
    await admin.importRows({ params: { id }, query: { format: "prompts", open: "true" }, upload });
    const { page } = person;
    await page.goto(`/work/${id}`);
    await untilThere(page, isAtTheDesk(page));
    const desk = new Desk(page);
    const first = await desk.choose("2");
    await desk.saved();
    // As if it had been drawn, and twenty judgements lay between.
    await database.db.$executeRaw`
      INSERT INTO repeat_due (member_id, project_id, after_total, task_id, lease_id)
      SELECT member_id, project_id, 0, task_id, id FROM lease WHERE project_id = ${id}::uuid AND state = 'judged'`;
    const prompts: string[] = [];
    await desk.finish(({ prompt }) => {
      prompts.push(prompt);
      return "6";
    });
    expect(prompts).toContain(first.prompt);
    expect(prompts.toSorted()).toEqual(pairs.map(({ prompt }) => prompt));
    const said = await database.db.judgement.findMany({
      where: { projectId: id },
      select: { repeat: true, answer: true },
    });
    expect(said.map(({ repeat }) => repeat).toSorted()).toEqual([...pairs.map(() => false), true]);
    expect(said.find(({ repeat }) => repeat)?.answer).toMatchObject({ step: 6 });
  });
});

interface Scene {
  readonly page: Page;
  /** Of the project. */
  readonly id: string;
  readonly watch: SavedWatch;
  /** A number drawn at random. */
  readonly draw: number;
}

/** What can happen at a desk. What somebody does there is watched; the rest happens to them. */
const acts = {
  choose: ({ page, watch, draw }: Scene) => watch.during(page, () => answer(page, draw)),
  write: ({ page, watch, draw }: Scene) =>
    watch.during(page, async () => {
      await page.keyboard.press("w");
      if (!(await inField(page))) return;
      await page.keyboard.type(`s7z 写 ${draw}`);
      await page.keyboard.press("Escape");
    }),
  undo: ({ page, watch }: Scene) => watch.during(page, () => page.keyboard.press("z")),
  skip: ({ page, watch }: Scene) => watch.during(page, () => page.keyboard.press("s")),
  wait: ({ page, watch }: Scene) => watch.during(page, () => page.waitForTimeout(450)),
  /** An earlier answer, found on the list and said otherwise; where the list can't be had, the desk stays. */
  correct: async ({ page, id, watch, draw }: Scene) => {
    // The way there comes once somebody moves.
    await page.mouse.move(400, 300);
    if (!(await appears(page.getByRole("link", { name: "Recent" })))) return;
    await page.keyboard.press("Escape");
    await page.keyboard.press("h");
    const rows = page.locator("[data-own-answer]");
    if (await appears(rows.first())) {
      // Not always the same one: an answer that says already what is pressed is not changed by it.
      await rows.nth(draw % (await rows.count())).focus();
      await page.keyboard.press("Enter");
      if (await appears(page.locator(".workbench-foot:not([data-asleep])"))) await mend(page, watch);
    }
    await backAtTheDesk(page, id);
  },
  reload: async ({ page }: Scene) => {
    await page.reload();
    await untilThere(page, isAtTheDesk(page));
  },
  cut: ({ page }: Scene) => page.context().setOffline(true),
  mend: ({ page }: Scene) => page.context().setOffline(false),
  /** A guideline that has to be read before the next task; what lies on the desk is judged under the one before. */
  publish: async ({ id, draw }: Scene) => {
    const guideline = `Prefer what helps. Rule ${draw}.`;
    await admin.changeProject({ params: { id }, body: { guideline } });
  },
  leaseExpires: async ({ id }: Scene) =>
    void (await database.db
      .$executeRaw`UPDATE lease SET expires_at = now() - interval '1 second' WHERE project_id = ${id}::uuid AND state = 'held'`),
  sessionEnds: async () =>
    void (await database.db
      .$executeRaw`DELETE FROM session WHERE member_id = (SELECT id FROM member WHERE name = ${person.name})`),
  roleChanges: async ({ draw }: Scene) => {
    const { items } = await admin.listMembers({ query: { limit: 200 } });
    const member = items.find(({ name }) => name === person.name);
    if (!member) throw new Error("They are no member.");
    const role = draw % 2 === 0 ? "reviewer" : "annotator";
    if (member.role !== role) await admin.changeMember({ params: { id: member.id }, body: { role } });
  },
} as const;
const names = Object.keys(acts) as (keyof typeof acts)[];

async function mend(page: Page, watch: SavedWatch): Promise<void> {
  const prompt = await promptOn(page);
  const kind = kindOf(prompt);
  if (!kind || prompt === null) return;
  await pressOn(page, prompt, everyKind[kind].mend);
  const told = page.getByRole("status").filter({ hasText: /^(You now say: |Nothing was changed)/ });
  // Whoever leaves before they are told knows neither that the answer was changed nor that it was not.
  if (!(await appears(told, 10_000))) return watch.leftUntold(prompt);
  const words = await told.innerText();
  if (words.startsWith("You now say: ")) await watch.corrected(page, prompt, words.replace("You now say: ", ""));
}

const appears = (what: Locator, timeout = 2_000) =>
  what.waitFor({ timeout }).then(
    () => true,
    () => false,
  );

async function backAtTheDesk(page: Page, id: string): Promise<void> {
  if (new URL(page.url()).pathname === `/work/${id}`) return;
  await page.goto(`/work/${id}`);
  await untilThere(page, isAtTheDesk(page));
}

/** Answers until no task is left, and waits until all of it is saved. */
async function answerAll(scene: Scene): Promise<void> {
  const { page, watch } = scene;
  await untilThere(page, isAtTheDesk(page));
  const none = page.getByText("No task is left for you here.");
  // Twenty-four tasks are left at most.
  for (let n = 0; n < 100 && !(await none.isVisible()); n++) await acts.choose({ ...scene, draw: n });
  await none.waitFor();
  await untilThere(page, allSaved(page));
  watch.allSaved();
}

/** Presses what an answer to the task on the screen wants, for as long as that task stands there. */
async function answer(page: Page, draw: number): Promise<void> {
  const read = readButton(page);
  if (await read.isVisible()) {
    await read.click({ timeout: 500 }).catch(() => undefined);
    return;
  }
  const prompt = await promptOn(page);
  const kind = kindOf(prompt);
  if (kind) await pressOn(page, prompt, everyKind[kind].keys(draw));
}

/** In the place of the next task, where a guideline is to be read first. */
const readButton = (page: Page) => page.getByRole("button", { name: "I have read it" });

/** Does whatever the page asks for until `there`: signs in, takes the desk over, tries again. */
async function untilThere(page: Page, there: () => Promise<boolean>): Promise<void> {
  const signIn = page.getByRole("button", { name: "Sign in" });
  const cures = [
    page.locator("[data-outbox] a"),
    page.getByRole("button", { name: "Take over here" }),
    page.locator("[data-outbox] button"),
    page.getByRole("link", { name: "Sign in", exact: true }),
    page.getByRole("button", { name: "Try again" }),
  ];
  await vi.waitUntil(
    async () => {
      if (await there()) return true;
      if (await signIn.isVisible()) {
        await page.getByLabel("E-mail").fill(joinedLogin.email);
        await page.getByLabel("Password").fill(joinedLogin.password);
        await signIn.click();
        await signIn.waitFor({ state: "detached" });
      }
      for (const cure of cures) {
        // It may go while it is being pressed: then it is needed no more.
        if (await cure.isVisible()) return void (await cure.click({ timeout: 500 }).catch(() => undefined));
      }
      return false;
    },
    { timeout: patienceMs, interval: 100 },
  );
}

/** A task, or what is to be read before it, or that none is left, or that there is no network. */
const isAtTheDesk = (page: Page) => async () =>
  (await page.locator(".workbench-foot").isVisible()) ||
  (await readButton(page).isVisible()) ||
  (await page
    .getByText(/No task is left|You are offline|could not be reached/)
    .first()
    .isVisible());

/** This window is looked at, with a network, by somebody who is signed in. */
async function toTheFront(page: Page): Promise<void> {
  await page.context().setOffline(false);
  await page.bringToFront();
  await untilThere(page, isAtTheDesk(page));
}

const allSaved = (page: Page) => () => page.locator("[data-outbox=saved]").isVisible();

/** What one act types. */
const typedAtOnce = /s7z 写 \d+/g;

/**
 * Whether all that stood in a field is in what is stored. The act that answers types as well, and where two windows write on
 * one draft it may do so in the midst of it; so each piece is looked for by itself, and the rest without the pieces.
 */
function isKept(text: string, stored: string): boolean {
  const pieces = text.match(typedAtOnce) ?? [];
  const rest = text.replaceAll(typedAtOnce, "");
  return pieces.every((piece) => stored.includes(piece)) && stored.replaceAll(typedAtOnce, "").includes(rest);
}

interface Stored {
  readonly prompt: string;
  readonly state: JudgementView["state"];
  /** In the admin's page's words, and as it is stored. */
  readonly said: string;
}

/** What the database has: all judgements, with those that were taken back or corrected. */
async function storedWords(id: string): Promise<Stored[]> {
  const { items } = await admin.listJudgements({ params: { id }, query: { limit: 200 } });
  const reader = await arrive(product.browser, product.touchstone.url, "Nora");
  await signIn(reader, adminLogin.email, adminLogin.password);
  const stored: Stored[] = [];
  for (const { id: judgement, kind, state, prompt, answers } of items) {
    if (kind === "retraction") continue;
    await reader.page.goto(`/judgements/${judgement}`);
    const words = await reader.page.getByRole("heading", { level: 1 }).innerText();
    stored.push({
      prompt: prompt.messages.at(-1)?.content ?? "",
      state,
      said: `${words} ${JSON.stringify(answers)}`,
    });
  }
  return stored;
}
