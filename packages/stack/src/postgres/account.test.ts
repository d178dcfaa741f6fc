import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { firstClosedFolder } from "./account.ts";

describe("firstClosedFolder", () => {
  const home = mkdtempSync(join(tmpdir(), "closed-"));
  const inner = join(home, "inner");
  mkdirSync(inner, { mode: 0o755 });
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const stranger = { uid: 54_321, gid: 54_321 };

  it("names the folder above that another user may not enter", () => {
    chmodSync(home, 0o700);
    expect(firstClosedFolder(inner, stranger)).toBe(home);
  });

  it("finds the way free where every folder lets others pass, listed or not", () => {
    chmodSync(home, 0o711);
    expect(firstClosedFolder(inner, stranger)).toBeUndefined();
  });

  it("finds the way free for the owner", () => {
    chmodSync(home, 0o700);
    const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
    expect(firstClosedFolder(inner, owner)).toBeUndefined();
  });
});
