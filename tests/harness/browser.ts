import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Needed as root and without a display; the rest keeps Chromium from talking to anyone but the page. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Launches Debian's Chromium (TOUCHSTONE_CHROMIUM names another) with a fresh profile. Close it in afterAll. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.TOUCHSTONE_CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(`There is no browser at ${executablePath}: install chromium, or set TOUCHSTONE_CHROMIUM.`);
  }
  return chromium.launch({ executablePath, args: flags });
}
