import { existsSync } from "node:fs";
import { quietly } from "../setup/command.mjs";
import { SetupError, step } from "../setup/progress.mjs";

/** Installs Debian's Chromium for the end-to-end tests where it is missing and this is root; else says how to get it. */
export async function ensureChromium() {
  const browser = process.env.TOUCHSTONE_CHROMIUM ?? "/usr/bin/chromium";
  if (existsSync(browser)) return;
  const ways =
    "Three ways to get it: run the tests as root on Debian, install it yourself (apt install chromium), or point TOUCHSTONE_CHROMIUM at a Chromium or Chrome.";
  if (process.env.TOUCHSTONE_CHROMIUM || process.getuid?.() !== 0) {
    throw new SetupError(`The end-to-end tests need a browser, and there is none at ${browser}. ${ways}`);
  }
  try {
    await step("Installing Chromium", async () => {
      const install = ["install", "--yes", "--no-install-recommends", "chromium"];
      const quiet = { DEBIAN_FRONTEND: "noninteractive" };
      // The lists may be missing, as in a fresh container, or out of date.
      await quietly("apt-get", install, quiet).catch(async () => {
        await quietly("apt-get", ["update"], quiet);
        await quietly("apt-get", install, quiet);
      });
    });
  } catch (error) {
    throw new SetupError(`Chromium could not be installed (${error.message.split("\n").at(-1)}). ${ways}`);
  }
}
