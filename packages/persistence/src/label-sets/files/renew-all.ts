import type pg from "pg";
import { promiseFiles, takeBackFiles } from "./unwritten.ts";

/**
 * Takes back all files of a workspace's label sets, as when somebody is erased: from the end of this transaction nobody gets
 * one, whoever is writing one has lost it, and a worker removes what lies in the store before it writes each anew.
 */
export async function renewFilesOfWorkspace(client: pg.PoolClient, workspaceId: string): Promise<void> {
  await promiseFiles(client, await takeBackFiles(client, workspaceId));
}
