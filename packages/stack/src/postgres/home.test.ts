import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { firstClosedFolder } from "./account.ts";
import { postgresHome } from "./home.ts";

const stranger = { uid: 54_321, gid: 54_321 };

describe("postgresHome", () => {
  const parent = mkdtempSync(join(tmpdir(), "home-"));
  const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
  chmodSync(elsewhere, 0o711);
  afterAll(() => {
    for (const path of [parent, elsewhere]) rmSync(path, { recursive: true, force: true });
  });
  const dataFolder = (name: string, mode: number) => {
    const folder = join(parent, name, "data");
    mkdirSync(folder, { recursive: true });
    chmodSync(parent, 0o711);
    chmodSync(dirname(folder), mode);
    return folder;
  };
  const homeOf = (folder: string, lines: string[] = [], parents = [join(elsewhere, "touchstone")]) =>
    postgresHome(folder, stranger, (line) => lines.push(line), parents);

  it("is the data folder where Postgres's user may enter it, and where there is no other user", () => {
    const folder = dataFolder("open", 0o711);
    expect(homeOf(folder)).toBe(folder);
    const closed = dataFolder("own", 0o700);
    expect(postgresHome(closed, undefined, () => undefined)).toBe(closed);
  });

  it("lies where Postgres may go when the data folder is below a closed one, says where, and is found again", () => {
    const folder = dataFolder("closed", 0o700);
    const lines: string[] = [];
    const home = homeOf(folder, lines);
    expect(firstClosedFolder(home, stranger)).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(home);
    expect(homeOf(folder, lines)).toBe(home);
    expect(lines).toHaveLength(1);
  });

  it("is the next of the usual places where the first can't be had, and refuses with a cure where none can", () => {
    const folder = dataFolder("second", 0o700);
    expect(homeOf(folder, [], ["/proc/touchstone", join(elsewhere, "next")])).toContain(join(elsewhere, "next"));
    const nowhere = dataFolder("nowhere", 0o700);
    expect(() => homeOf(nowhere, [], ["/proc/touchstone"])).toThrow(/TOUCHSTONE_DATA_DIR/);
  });

  it("is never an older one: a data folder begun afresh gets an empty home", () => {
    const folder = dataFolder("fresh", 0o700);
    const first = homeOf(folder);
    rmSync(join(folder, "postgres-is-in"));
    expect(homeOf(folder)).not.toBe(first);
  });

  it("is not changed silently: a database that is in the closed folder, or is gone, is told with its cure", () => {
    const folder = dataFolder("with-database", 0o700);
    mkdirSync(join(folder, "postgres"));
    expect(() => homeOf(folder)).toThrow(/chmod o\+x/);
    const lost = dataFolder("lost", 0o700);
    const home = homeOf(lost);
    rmSync(home, { recursive: true });
    expect(existsSync(home)).toBe(false);
    expect(() => homeOf(lost)).toThrow(/is gone\. Put it back/);
  });
});
