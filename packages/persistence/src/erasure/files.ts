import type { Declared } from "./columns.ts";

/** A kind of file that the product writes, by where it lies. */
export interface DeclaredFile extends Declared {
  /** Of its path below the folder that it lies in. */
  readonly path: RegExp;
}

const file = (path: RegExp, holds: Declared["holds"], erased: string): DeclaredFile => ({ path, holds, erased });

/** Below the root of the file store (`TOUCHSTONE_FILES_DIR`): every file there must be one of these. */
export const storedFiles: readonly DeclaredFile[] = [
  file(/^media\/[^/]+\/[^/]+\/[0-9a-f]{64}$/, "material", "stays; deleted with its prompts or project"),
  file(
    /^(?:runs|models)\/.*\/model\//,
    "nothing",
    "stays: weights, and pieces of words that were frequent in what it learned from; its page says that judgements were erased",
  ),
  file(
    /^runs\/[^/]+\/\d+\/\d+\//,
    "nothing",
    "a checkpoint: weights and places in the data, no text of a judgement. A run that read what is erased ends, and its checkpoints go with the next sweep of the worker",
  ),
  file(
    /^label-sets\/[^/]+\/[^/]+\/[^/]+\/[^/]+\/\d+\/file$/,
    "words",
    "a file of a label set: before an erasure counts as done, all that the workspace has are removed, and a worker writes them anew without them",
  ),
  file(
    /^archives\/[^/]+\/[0-9a-f-]{36}\/[^/]+\/\d+\/archive\.zip$/,
    "words",
    "a copy of a whole project: before an erasure counts as done, all that the workspace has are removed; their pages say so, and the next one is without them",
  ),
  file(
    /^archives\/[^/]+\/brought\/[^/]+\/file$/,
    "words",
    "an archive that was brought: goes when its project is made, or it is refused; it names its people by pseudonyms",
  ),
  file(
    // Without a folder of their own they are of a former version, and read no more.
    /^features\/[^/]+\/[^/]+\/(?:[0-9a-f-]{36}\/)?[0-9a-f]{64}(?:\.\d+\.draft)?$/,
    "material",
    "numbers that a model made of an answer, by a hash of it: before an erasure counts as done, all that the workspace has are removed, and the folders that runs of before write to never come back; a run makes anew what it needs. Deleted with its project",
  ),
  file(/^models\//, "nothing", "stays: a model that was brought"),
  file(
    /^spool\/[^/]+\/[^/]+\/[^/]+\/\d+-[0-9a-f-]{36}$/,
    "material",
    "a piece of a file that waits to be imported: goes with whoever brought it, some seconds later; else when its time is over (docs/imports.md)",
  ),
];

/** In the data folder, beside the store. What lies elsewhere (spools, downloads, browsers) stands in docs/erasure.md. */
export const dataFolder: readonly DeclaredFile[] = [
  file(/^files\//, "material", "the store: see storedFiles"),
  file(
    /^postgres\//,
    "words",
    "rows that are gone stay in Postgres's own pages and its log of changes until it uses their place again; docs/erasure.md says how to hasten that",
  ),
  file(/^redis\//, "nothing", "jobs and news by id, counters by keyed hash; no name, address or text"),
  file(
    /^logs\/(?:api|web|worker|postgres|redis)\.log(?:\.1)?$/,
    "nothing",
    "ids, routes, times, and of a refused sign-in a network address and a keyed hash; no name, mail or text. Bounded to 10 MB each",
  ),
  file(
    /^(?:secret|postgres-password|redis-password|processes\.json|lock|restoring.*)$/,
    "nothing",
    "the installation's own",
  ),
];
