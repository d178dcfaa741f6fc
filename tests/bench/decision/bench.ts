import { setTimeout as sleep } from "node:timers/promises";
import { ProjectDraft } from "@touchstone/contracts";
import type { Browser, Page } from "playwright-core";
import { adminPassword, openProduct, type Product } from "../../e2e/product.ts";
import { clientOf } from "../../e2e/workspace-client.ts";
import type { Bench, Effort } from "../bench.ts";
import { quantile, ratioOf } from "../figures.ts";
import type { Row } from "../report.ts";
import { barePage } from "./bare-page.ts";
import { type Pair, plainPairs } from "./pairs.ts";
import { slowedLink } from "./slowed-link.ts";
import { stopwatch } from "./stopwatch.ts";

/** Fewer decisions than this say little of one in twenty. */
const leastDecisions = 200;
/** As far as the other side of a continent. */
const roundTripMs = 80;
/** The desk sleeps for 400 ms from the paint of a task; whoever decides in less has not read it. */
const betweenMs = 450;
/** The first decisions of a page are its warm-up. */
const warmUp = 5;
const login = { email: "admin@touchstone.local", password: adminPassword };

const viewport = { width: 1280, height: 800 };

/** A page that is decided on, by the stopwatch of its own. */
interface Side {
  readonly label: string;
  readonly page: Page;
  readonly decide: (key: string) => Promise<number>;
  readonly rounds: number[][];
}

/**
 * From the press of a key to the next task on the screen, on the whole product, beside a page that does nothing else;
 * `far-pair`: over a network that takes 80 ms for each round trip.
 */
export const decisionBench: Bench = {
  cases: ["plain-pair", "far-pair"],
  async run(wanted, effort, say) {
    const rows: Row[] = [];
    for (const name of this.cases.filter(wanted)) {
      const product = await openProduct();
      try {
        rows.push(...(await pairRows(name, product, effort, leastDecisions, say)));
      } finally {
        await product.close();
      }
    }
    return rows;
  },
};

/** The rows of one case, with its way to the server: the product's own address, or one that is far away. */
async function pairRows(
  name: string,
  product: Product,
  effort: Effort,
  decisions: number,
  say: (line: string) => void,
): Promise<Row[]> {
  if (name !== "far-pair") return plainPairRows(product, effort, decisions, say);
  const link = await slowedLink(Number(new URL(product.touchstone.url).port), roundTripMs);
  try {
    return await plainPairRows(product, effort, decisions, say, { name, url: link.url });
  } finally {
    await link.close();
  }
}

/** Rounds by turns, on the workbench and on the bare page in the same browser; at least so many decisions on each. */
export async function plainPairRows(
  product: Product,
  { rounds, seconds }: Effort,
  decisions: number,
  say: (line: string) => void,
  { name, url }: { name: string; url: string } = { name: "plain-pair", url: product.touchstone.url },
): Promise<Row[]> {
  const inARound = Math.max(Math.ceil(decisions / rounds), Math.round((seconds * 1_000) / betweenMs));
  // The desk holds the next task, and the last one is not left: it would be followed by none.
  const pairs = plainPairs(rounds * inARound + warmUp + 2);
  const desk = await openDesk(product, url, pairs);
  const bare = await openBare(product, pairs);
  for (const side of [desk, bare]) await round(side, warmUp);
  for (let turn = 0; turn < rounds; turn++) {
    for (const side of [desk, bare]) {
      const times = await round(side, inARound);
      side.rounds.push(times);
      say(`round ${turn + 1} of ${rounds}: half within ${quantile(times, 0.5).toFixed(1)} ms, ${side.label}`);
    }
  }
  return [rowOf(`${name} p50`, 0.5, desk, bare), rowOf(`${name} p95`, 0.95, desk, bare)];
}

async function round({ page, decide }: Side, decisions: number): Promise<number[]> {
  await page.bringToFront();
  const times: number[] = [];
  for (let n = 0; n < decisions; n++) {
    await sleep(betweenMs);
    times.push(await decide(String(1 + (n % 7))));
  }
  return times;
}

async function openDesk({ touchstone, browser }: Product, url: string, pairs: readonly Pair[]): Promise<Side> {
  const admin = clientOf(touchstone.url);
  await admin.signIn({ body: login });
  const { id } = await admin.createProject({ body: ProjectDraft.parse({ name: "Decisions" }) });
  const body = new Blob([pairs.map((pair) => `${JSON.stringify(pair)}\n`).join("")]);
  const upload = { body, contentType: "application/x-ndjson" } as const;
  await admin.importRows({ params: { id }, query: { format: "prompts", open: "true" }, upload });
  const side = await openSide(browser, url, "the workbench");
  await side.page.request.post("/api/session", { data: login });
  await side.page.goto(`/work/${id}`);
  await side.page.locator("[data-asleep=unseen], .scale-bar").first().waitFor();
  return side;
}

async function openBare({ browser, touchstone }: Product, pairs: readonly Pair[]): Promise<Side> {
  const side = await openSide(browser, touchstone.url, "a bare page");
  await side.page.route("**/bare", (route) => route.fulfill({ contentType: "text/html", body: barePage(pairs) }));
  await side.page.goto("/bare");
  return side;
}

/** Each in a context of its own, with the stopwatch on it. */
async function openSide(browser: Browser, baseURL: string, name: string): Promise<Side> {
  const context = await browser.newContext({ baseURL, locale: "en", viewport });
  const page = await context.newPage();
  const decide = await stopwatch(page);
  return { label: `${name}, Chromium ${browser.version()}`, page, decide, rounds: [] };
}

function rowOf(name: string, part: number, desk: Side, bare: Side): Row {
  const rounded = (value: number) => Number(value.toFixed(1));
  const [ours, peers] = [desk, bare].map((side) => quantile(side.rounds.flat(), part));
  if (ours === undefined || peers === undefined) throw new Error("Nothing was measured.");
  return {
    case: name,
    value: rounded(ours),
    unit: "ms",
    setting: `${desk.rounds.flat().length} decisions`,
    peer: bare.label,
    peerValue: rounded(peers),
    ratio: Number(ratioOf("time", ours, peers).toFixed(3)),
    rounds: {
      ours: desk.rounds.map((times) => rounded(quantile(times, part))),
      peer: bare.rounds.map((times) => rounded(quantile(times, part))),
    },
  };
}
