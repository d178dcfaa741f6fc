import { setTimeout as sleep } from "node:timers/promises";
import type { Page, Request } from "playwright-core";

interface Traffic {
  readonly underWay: Set<Request>;
  /** When a request last began or ended, in ms of `Date.now`. */
  changedAt: number;
}

const traffic = new WeakMap<Page, Traffic>();

/** A page asks for the next thing as soon as it has been given the last one. */
const quietForMs = 120;
const lookedAtEveryMs = 20;
const givenUpAfterMs = 60_000;

/** Counts what the page asks for from now on, so that `quiet` knows when it is all there. */
export function countRequests(page: Page): void {
  const counted: Traffic = { underWay: new Set(), changedAt: Date.now() };
  traffic.set(page, counted);
  const changed = () => {
    counted.changedAt = Date.now();
  };
  page.on("request", (request) => {
    counted.underWay.add(request);
    changed();
  });
  const ended = (request: Request) => {
    counted.underWay.delete(request);
    changed();
  };
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
}

/** Until everything that the page has asked for is there, and for a moment nothing more is asked for. */
export async function quiet(page: Page): Promise<void> {
  const counted = traffic.get(page);
  if (!counted) throw new Error("Nobody counts the requests of this page: let `arrive` open it.");
  const since = Date.now();
  const isQuiet = () => counted.underWay.size === 0 && Date.now() - Math.max(since, counted.changedAt) >= quietForMs;
  while (!isQuiet()) {
    if (Date.now() - since > givenUpAfterMs) {
      const urls = [...counted.underWay].map((request) => request.url());
      throw new Error(`Still under way after ${givenUpAfterMs / 1000} s: ${urls.join(", ")}`);
    }
    await sleep(lookedAtEveryMs);
  }
}
