import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ageJudgements } from "../harness/aged-judgements.ts";
import { openProductDatabase } from "../harness/product-database.ts";
import { metricFrames, watchCurves } from "./curve.ts";
import { type Click, Desk, type Shown, sameTask } from "./desk.ts";
import * as expected from "./expected-rows.ts";
import { reloadWithUnsentAnswer, undoSkipReloadAndCut } from "./interruptions.ts";
import {
  arrive,
  joinByKeyboard,
  makeLink,
  openWorkByKeyboard,
  type Person,
  picture,
  readByKeyboard,
  signIn,
} from "./people.ts";
import { pairs, singles, testPrompts, unanswered, votes } from "./practice-files.ts";
import { adminPassword, openProduct, type Product } from "./product.ts";
import {
  exportRows,
  importRows,
  launchRound,
  launchRun,
  loadUntil,
  makeProject,
  modelNames,
  runSucceeds,
} from "./steps.ts";
import { clientOf } from "./workspace-client.ts";

const projectName = "Small answers";
const password = "blue umbrella in the hall";
/** Every key of the scale has its turn. */
const preferenceKeys = ["1", "6", "4", "2", "7", "3", "0", "5"];
/** Enough steps that the policy differs from the one it came from, few enough to watch. */
const quickPolicy = {
  steps: 8,
  batchSize: 4,
  samplesPerPrompt: 2,
  learningRate: 3e-3,
  maxNewTokens: 24,
  evaluationPrompts: 4,
};

/** One story told in order: each step stands on the one before, and is skipped when that one failed. */
describe("the loop, from an empty project to a better-known policy", () => {
  let product: Product;
  let admin: Person;
  let invited: Person;
  let stranger: Person;
  let desks: { invited: Desk; stranger: Desk };
  let projectId: string;
  let evaluationAddress: string;
  let broken = false;

  const newcomer = (name: string) => arrive(product.browser, product.touchstone.url, name);
  const everyClick = (): Click[] => [...desks.invited.clicks, ...desks.stranger.clicks];

  beforeAll(async () => {
    product = await openProduct();
    [admin, invited, stranger] = await Promise.all([newcomer("Admin"), newcomer("Ines"), newcomer("Wei")]);
    desks = { invited: new Desk(invited.page), stranger: new Desk(stranger.page) };
  });
  afterAll(async () => product?.close());
  beforeEach(({ skip, onTestFailed }) => {
    if (broken) skip("a former step failed");
    onTestFailed(async () => {
      broken = true;
      await Promise.all([admin, invited, stranger].map((person) => picture(person, "failure")));
    });
  });

  it("an admin signs in, makes a project, and imports prompts, answers and another study's votes", async () => {
    const { page } = admin;
    await signIn(admin, "admin@touchstone.local", adminPassword);
    projectId = await makeProject(page, projectName, "Prefer the answer that does what was asked.", 2);
    const prompts = { format: "Prompts with answers" };
    const rate = "How good one answer is, 1 to 5";
    const counts = (rows: number, made: number, tasks: number, judgements: number) =>
      `${rows} rows imported: ${made} prompts, ${tasks} tasks, ${judgements} judgements.`;
    const andOpened = (said: string) => `${said}\nJudge the first task`;
    expect(await importRows(page, projectId, pairs, { ...prompts, open: true })).toBe(andOpened(counts(8, 8, 8, 0)));
    expect(await importRows(page, projectId, singles, { ...prompts, question: rate, open: true })).toBe(
      andOpened(counts(3, 3, 3, 0)),
    );
    // Nobody is asked anything by prompts without answers, and the page says so.
    expect(await importRows(page, projectId, unanswered, { ...prompts, open: true })).toBe(
      `${counts(24, 24, 0, 0)}\n\nNo new task was made, so nobody is asked anything new.`,
    );
    const many = votes.length;
    expect(many).toBeGreaterThan(100);
    expect(await importRows(page, projectId, votes, { format: "Preferences (TRL)", open: false })).toBe(
      counts(many, many, many, many),
    );
  });

  it("lets one in by invitation and one through the open join link, both by keyboard alone", async () => {
    const invitation = await makeLink(admin, "Invitation", { Role: "Annotator" });
    const open = await makeLink(admin, "Open join link", { Project: projectName, Places: "3" });
    await Promise.all([
      joinByKeyboard(invited, invitation, { Name: "Ines", "E-mail": "ines@example.org", Password: password }, "Join"),
      joinByKeyboard(
        stranger,
        open,
        { Name: "Wei", "E-mail": "wei@example.org", Password: password },
        "Agree and start",
      ),
    ]);
    // An invitation names no project; an open link leads straight to the first task of its own.
    await openWorkByKeyboard(invited, projectName);
    await stranger.page.waitForURL("**/work/*");
    // The guideline is read before the first task.
    for (const { page } of [invited, stranger]) await readByKeyboard(page);
    expect(await desks.invited.hasTask()).toBe(true);
    expect(await desks.stranger.hasTask()).toBe(true);
  });

  it("loses nothing to undo, skip, a reload and a network cut while two rank at once by keyboard", async () => {
    const keys = (shown: Shown, turn: number) =>
      shown.answers.length === 1 ? String((turn % 5) + 1) : (preferenceKeys[turn % preferenceKeys.length] ?? "4");
    await Promise.all([
      undoSkipReloadAndCut(desks.invited).then(() => desks.invited.finish(keys)),
      reloadWithUnsentAnswer(desks.stranger).then(() => desks.stranger.finish((shown, turn) => keys(shown, turn + 3))),
    ]);
    expect(desks.stranger.clicks).toHaveLength(pairs.length + singles.length);
    expect(desks.invited.clicks).toHaveLength(pairs.length + singles.length - 1);
    const [skipped] = desks.invited.skipped;
    expect(desks.invited.clicks.some((click) => skipped && click.prompt === skipped.prompt)).toBe(false);

    // An open workbench takes whatever comes first; the next steps are to find nobody at work.
    await Promise.all([invited.page.goto("/work"), stranger.page.goto("/work")]);

    // The project's page tells the same, of people apart from the imported votes.
    await admin.page.goto(`/projects/${projectId}`);
    for (const [name, desk] of [["Ines", desks.invited] as const, ["Wei", desks.stranger] as const]) {
      const row = admin.page.getByRole("row", { name: new RegExp(`${name} .*\\b${desk.clicks.length}\\b`) });
      await row.waitFor();
    }
  });

  it("trains a reward model and a policy as launched, and the curve moves while one looks", async () => {
    const { page } = admin;
    const small = { evaluateEvery: 2, checkpointEvery: 4 };
    for (const [kind, settings] of [
      ["Reward model", { ...small, batchSize: 8 }],
      ["Policy gradient (RLOO)", { ...small, ...quickPolicy }],
    ] as const) {
      const frames = metricFrames(page);
      await launchRun(page, projectId, kind, settings);
      const curves = await watchCurves(page);
      await runSucceeds(page);
      expect(frames.count()).toBeGreaterThan(2);
      expect(await curves.shapes()).toBeGreaterThan(2);
    }
    await page.getByRole("link", { name: "Open the model" }).click();
    await page.getByRole("heading", { level: 1, name: /Policy gradient \(RLOO\)/ }).waitFor();
  });

  it("asks for blind comparisons of fresh answers before anything else, and never names a model", async () => {
    const { page } = admin;
    await launchRun(page, projectId, "Fresh answers", { prompts: 4, sampling: { temperature: 1, maxNewTokens: 24 } });
    await runSucceeds(page);
    await page.goto(`/projects/${projectId}/evaluations`);
    const form = page.locator("form", { has: page.getByRole("button", { name: "Compare" }) });
    await form.getByLabel("Prompts").fill(String(testPrompts.size));
    await form.getByRole("button", { name: "Compare" }).click();
    await page.waitForURL(/\/evaluations\/[0-9a-f-]{36}$/);
    evaluationAddress = page.url();
    await page.getByRole("link", { name: "Judge" }).waitFor({ timeout: 300_000 });

    const before = { invited: desks.invited.clicks.length, stranger: desks.stranger.clicks.length };
    // Preferring the longer answer, then the first in the alphabet: any rule will do that looks at texts alone.
    const rule = ({ answers: [left = "", right = ""] }: Shown) => {
      if (left.length === right.length) return left < right ? "3" : "5";
      return left.length > right.length ? "2" : "6";
    };
    for (const [person, desk, start] of [
      [invited, desks.invited, before.invited] as const,
      [stranger, desks.stranger, before.stranger] as const,
    ]) {
      await person.page.goto("/work");
      await openWorkByKeyboard(person, projectName);
      await desk.finish(rule);
      const asked = desk.clicks.slice(start).map((click) => testPrompts.has(click.prompt));
      const evaluated = asked.filter(Boolean).length;
      expect(evaluated).toBeGreaterThan(0);
      expect(asked.slice(0, evaluated)).toEqual(Array.from({ length: evaluated }, () => true));
    }
    const names = await modelNames(page);
    expect(names.length).toBeGreaterThanOrEqual(6);
    const seen = [...desks.invited.seen, ...desks.stranger.seen];
    expect(seen.length).toBeGreaterThan(30);
    for (const name of names) expect(seen.filter((text) => text.includes(name))).toEqual([]);
  });

  it("tells nothing that the last judges could undo for, then the verdict with its interval, the very one of the clicks", async () => {
    await admin.page.goto(evaluationAddress);
    await admin.page.getByText("The last judgements count here once they can no longer be undone").waitFor();
    const database = openProductDatabase(product.touchstone.dataDir);
    await ageJudgements(database.db, projectId);
    await database.close();
    const { judgements: rows } = expected.rawRows(await exportRows(admin.page, projectId, "All judgements, raw"));
    const asked = rows.filter((row) => row.evaluation_id !== null);
    expect(asked.every((row) => testPrompts.has(expected.clickOf(row).prompt))).toBe(true);
    const { page } = admin;
    await page.goto(evaluationAddress);
    const winRate = page.getByRole("region", { name: "Blind win rate" });
    const shownRate = await winRate.getByRole("paragraph").first().innerText();
    const [, share, low, high] = /^([\d.]+)%\s+\[([\d.]+), ([\d.]+)\]$/.exec(shownRate.trim()) ?? [];
    // Shown with one decimal.
    expect(Math.abs(Number(share) - 100 * expected.winRateOf(asked, testPrompts.size))).toBeLessThan(0.06);
    expect(Number(low)).toBeLessThanOrEqual(Number(share));
    expect(Number(high)).toBeGreaterThanOrEqual(Number(share));
    await page.getByText(`${testPrompts.size} of ${testPrompts.size} prompts judged`).waitFor();
    await page.getByText(`${asked.length} judgements`, { exact: true }).waitFor();
    await page
      .getByRole("main")
      .getByText(/^(Better|Worse|No meaningful difference|Undecided)$/)
      .waitFor();
  });

  it("exports to a researcher exactly what was clicked and imported, row by row, in every format", async () => {
    const researcher = await newcomer("Rosa");
    const link = await makeLink(admin, "Invitation", { Role: "Researcher" });
    await joinByKeyboard(researcher, link, { Name: "Rosa", "E-mail": "rosa@example.org", Password: password }, "Join");
    await researcher.page.getByRole("heading", { level: 1, name: "Projects" }).waitFor();
    const rowsOf = (format: string) => exportRows(researcher.page, projectId, format);

    const { judgements: raw, skips } = expected.rawRows(await rowsOf("All judgements, raw"));
    const passedBy = [...desks.invited.skipped, ...desks.stranger.skipped].map(({ prompt }) => prompt);
    expect(skips.map(expected.promptOf).sort()).toEqual(passedBy.sort());
    const logs = [desks.invited, desks.stranger].map((desk) => expected.lines(desk.clicks));
    const people = expected.byAnnotator(raw).filter((rows) => rows.every((row) => row.source === "person"));
    const exported = people.map((rows) => expected.lines(rows.map(expected.clickOf)));
    expect(exported.sort()).toEqual(logs.sort());
    expect(raw.filter((row) => row.flagged).map((row) => row.comment)).toEqual(["Both break off"]);
    expect(raw.filter((row) => row.source === "imported")).toHaveLength(votes.length);
    expect(raw.filter((row) => row.source === "simulated")).toEqual([]);

    const preferences = (await rowsOf("Preferences (TRL)")).map((row) => expected.PreferenceRow.parse(row));
    expect(expected.lines(preferences.map(expected.preferenceOf))).toEqual(
      expected.lines(expected.preferenceRows(everyClick(), votes)),
    );
    const ratings = (await rowsOf("Ratings")).map((row) => expected.RatingRow.parse(row));
    expect(expected.lines(ratings.map(expected.ratingOf))).toEqual(expected.lines(expected.ratingRows(everyClick())));
    const texts = new Map(
      (await rowsOf("Texts to imitate (SFT)")).map((row) => expected.imitated(expected.SftRow.parse(row))),
    );
    const best = expected.bestAnswers(everyClick(), votes);
    expect(best.size).toBeGreaterThan(votes.length / 2);
    for (const [prompt, answer] of best) expect(texts.get(prompt)).toBe(answer);
    expect(researcher.complaints).toEqual([]);
  });

  it("leads by clicks from the new policy to the single judgements that it came from", async () => {
    const { page } = admin;
    await page.goto("/models");
    await page
      .getByRole("link", { name: /Policy gradient \(RLOO\)/ })
      .first()
      .click();
    await page
      .getByRole("listitem")
      .filter({ hasText: "Judged by" })
      .getByRole("link", { name: /judgements$/ })
      .click();
    await page.getByRole("heading", { level: 1, name: /^Set [0-9a-f]{8}$/ }).waitFor();
    const row = page.getByRole("row").filter({ has: page.getByRole("cell", { name: "Ines", exact: true }) });
    await loadUntil(page, row.first());
    await row.first().getByRole("link").first().click();
    // A rated answer stands alone and has no letter; compared ones are A and B.
    const shown = page.getByRole("region", { name: /^Answer( A| B)?$/ });
    await shown.first().waitFor();
    const prompt = await page.getByRole("region", { name: "Prompt" }).locator(".reading").innerText();
    const answers = await shown.locator(".reading").allInnerTexts();
    expect(await shown.getByRole("heading").allInnerTexts()).toEqual(answers.length > 1 ? ["A", "B"] : ["Answer"]);
    const made = desks.invited.clicks.find((click) => sameTask(click, { prompt, answers }));
    expect(made).toBeDefined();
    await page.getByRole("heading", { level: 1, name: made ? expected.wordsFor(made) : "" }).waitFor();
  });

  it("goes round at one press: reward model, policy, fresh answers, and an evaluation that opens", async () => {
    const { page } = admin;
    await launchRound(page, projectId, testPrompts.size);
    for (const next of ["Policy gradient (RLOO)", "Answers to compare"]) {
      await runSucceeds(page);
      await page.getByRole("link", { name: next }).click();
      await page.getByRole("heading", { level: 1, name: next }).waitFor();
    }
    await runSucceeds(page);
    await page.getByRole("link", { name: "Open the evaluation" }).click();
    // Equal answers count as judged.
    await page.getByText(new RegExp(`^\\d of ${testPrompts.size} prompts judged$`)).waitFor();
    await page.getByRole("link", { name: "Judge" }).waitFor();
  });

  it("compares three policies as the form asks: answers, blind pairs of each two, and who wins in a matrix", async () => {
    // Nobody stays at a desk: it would take some of the pairs, to have them at hand.
    for (const { page } of [invited, stranger]) await page.goto("/account");
    const { page } = admin;
    await page.goto(`/projects/${projectId}/evaluations`);
    const form = page.locator("form", { has: page.getByRole("button", { name: "Compare" }) });
    await form.getByRole("group", { name: "Further policies" }).getByRole("checkbox").first().check();
    await form.getByText("As pairs, each prompt asks about 1 pair").waitFor();
    await form.getByLabel("Prompts").fill(String(testPrompts.size));
    await form.getByLabel("Judgements per pair or ranking").fill("1");
    await form.getByRole("button", { name: "Compare" }).click();
    await page.getByRole("heading", { level: 1, name: /^P-\d, P-\d and 1 other$/ }).waitFor();
    await page.getByRole("link", { name: "Judge" }).waitFor({ timeout: 300_000 });
    const address = page.url();

    // Without the desk, which was sat at above: two evaluations may show the very same texts one after the other.
    const ines = clientOf(product.touchstone.url);
    await ines.signIn({ body: { email: "ines@example.org", password } });
    const claim = async () => (await ines.claimTasks({ params: { id: projectId }, body: { count: 1 } })).tasks[0];
    for (let task = await claim(); task; task = await claim()) {
      const [left, right] = task.completions.map(({ text }) => text ?? "");
      const step = (left ?? "") < (right ?? "") ? 2 : 6;
      const isRated = task.questions[0]?.kind === "rating";
      await ines.submitJudgement({
        body: {
          leaseId: task.lease.id,
          leaseToken: task.lease.token,
          idempotencyKey: randomUUID(),
          answer: isRated ? { choice: "rated", score: 3 } : { choice: "graded", step },
          timings: { visibleMs: 9_000, activeMs: 8_000, firstScrollMs: null },
          client: { locale: "en", viewport: "1280x800", input: "api" },
        },
      });
    }
    // The page looks again by itself: what was judged is there, and does not count yet.
    await page.getByText("Nothing counts yet.").waitFor();
    const database = openProductDatabase(product.touchstone.dataDir);
    await ageJudgements(database.db, projectId);
    await database.close();

    await page.goto(address);
    await page.getByText(`${testPrompts.size} of ${testPrompts.size} prompts judged`).waitFor();
    const { judgements: rows } = expected.rawRows(await exportRows(page, projectId, "All judgements, raw"));
    const id = address.split("/").at(-1);
    const asked = rows.filter((row) => row.evaluation_id === id);
    await page.goto(address);
    const counted = asked.length === 1 ? "1 judgement," : `${asked.length} judgements,`;
    await page.getByText(counted).waitFor();
    const matrix = page.getByRole("figure", { name: "Each against each" });
    expect(await matrix.getByRole("row").count()).toBe(4);
    for (const cell of await matrix.getByRole("link").all()) {
      expect(await cell.getAttribute("aria-label")).toMatch(/^P-\d.* against P-\d.*: preferred \d+%, expected \d+%/);
    }
  });

  it("makes no browser complain on the way", () => {
    expect([...admin.complaints, ...invited.complaints, ...stranger.complaints]).toEqual([]);
  });
});
