import { rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../harness/browser.ts";
import { startTouchstone, type Touchstone } from "../harness/touchstone.ts";
import { adminPassword, freshDataFolder, sharedUrl } from "./begun-folder.ts";

export { adminPassword };

export interface Product {
  touchstone: Touchstone;
  browser: Browser;
  close(): Promise<void>;
}

/** The product as `npm start` runs it, on a seeded folder of its own, and a browser before it. */
export async function openProduct(): Promise<Product> {
  const dataDir = await freshDataFolder();
  const touchstone = await startTouchstone({ dataDir, env: { TOUCHSTONE_ADMIN_PASSWORD: adminPassword } });
  await touchstone.ready();
  const browser = await launchBrowser();
  return {
    touchstone,
    browser,
    async close() {
      await browser.close();
      await touchstone.kill("SIGTERM");
      rmSync(dirname(touchstone.dataDir), { recursive: true, force: true });
    },
  };
}

/** A product that other files use at the same time, by the same admin: only its address is known. */
export interface SharedProduct {
  readonly touchstone: Pick<Touchstone, "url">;
  readonly browser: Browser;
  close(): Promise<void>;
}

/**
 * For files that make projects of their own and look at nothing else. Whoever counts what the workspace holds, changes
 * it, takes fixed e-mail addresses, stops a server or reads its folder, opens a product of their own.
 */
export async function openSharedProduct(): Promise<SharedProduct> {
  const url = sharedUrl();
  if (!url) return openProduct();
  const browser = await launchBrowser();
  return { touchstone: { url }, browser, close: () => browser.close() };
}
