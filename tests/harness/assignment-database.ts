import {
  type Annotator,
  type Claimed,
  claimTasks,
  type Database,
  type OpenDatabase,
  openDatabase,
} from "@touchstone/persistence";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { brokenInvariants } from "./assignment-invariants.ts";
import { freshDatabase, type TestDatabase } from "./database.ts";
import type { LabellingProject } from "./labelling-project.ts";

/**
 * A database for a file of tests about assignment; after each of them every guarantee of assignment must hold. Called at
 * the top of the file.
 */
export function assignmentDatabase(connections: number) {
  let database: TestDatabase;
  let open: OpenDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
    open = openDatabase(database.url, { connections });
  });
  afterAll(async () => {
    await open.close();
    await database.drop();
  });
  afterEach(async () => expect(await brokenInvariants(open.db)).toEqual([]));

  const claimFor = (project: LabellingProject, annotator: Annotator, count = 1): Promise<Claimed> =>
    claimTasks(open.db, { ...annotator, projectId: project.projectId, count });
  return {
    get db(): Database {
      return open.db;
    },
    get url(): string {
      return database.url;
    },
    claimFor,
    /** Claims for one of a project's annotators, counted from 0. */
    claim: (project: LabellingProject, place = 0, count = 1) => claimFor(project, annotatorAt(project, place), count),
    /** Claims one task, which must be there. */
    async taken(project: LabellingProject, place = 0) {
      const annotator = annotatorAt(project, place);
      const [task] = (await claimFor(project, annotator)).tasks;
      if (!task) throw new Error("There was no task.");
      return { annotator, task, lease: { leaseId: task.lease.id, leaseToken: task.lease.token } };
    },
  };
}

function annotatorAt(project: LabellingProject, place: number): Annotator {
  const annotator = project.annotators[place];
  if (!annotator) throw new Error("The project has fewer annotators.");
  return annotator;
}
