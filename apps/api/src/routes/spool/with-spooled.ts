import { refused } from "@touchstone/contracts";
import { assertReady, keepSpooled, partsOf, type SpooledFile } from "@touchstone/persistence";
import type { FastifyInstance } from "fastify";
import type { OpenFile } from "../../threads/parsing-jobs.ts";
import { type ImportFolder, theFolder } from "./folder.ts";

interface Spool {
  readonly folder: ImportFolder | undefined;
  readonly keptMs: number;
}

/**
 * Works with a file that was brought, and puts off its removal.
 *
 * @param work is given the file, and what to ask before anything of it counts: whether it is still what it was
 * @throws DomainError conflict for a file that is not there whole, or that has changed on the server.
 */
export async function withSpooled<T>(
  app: FastifyInstance,
  spooled: SpooledFile,
  { folder, keptMs }: Spool,
  work: (file: OpenFile, assertSame: () => Promise<void>) => Promise<T>,
): Promise<T> {
  assertReady(spooled);
  await keepSpooled(app.databasePool, spooled, keptMs);
  const { sha256, inPlace, place } = spooled.view;
  if (sha256 === null) throw refused("spooledGone");
  if (!inPlace || place === null) {
    return work({ sha256, pieces: await partsOf(app.databasePool, spooled) }, async () => {});
  }
  return theFolder(folder).with(place, async ({ descriptor, stamp, now }) => {
    const assertStamp = (one: string) => {
      if (one !== spooled.stamp) throw refused("folderFileChanged", { name: place });
    };
    assertStamp(stamp);
    const assertSame = async () => assertStamp(await now());
    const made = await work({ sha256, descriptor }, assertSame);
    await assertSame();
    return made;
  });
}
