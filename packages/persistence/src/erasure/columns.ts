/**
 * What each column that can hold text holds of a person, and what erasing one does to it. One table for all of them:
 * whoever adds a column of text says here what becomes of it, and `tests/integration/erasure.test.ts` fails until they have,
 * and until it has found a planted name or text gone from each that may hold one. `files.ts` beside it is the same of files.
 */
export interface Declared {
  readonly holds: Holds;
  /** What becomes of it when somebody is erased. */
  readonly erased: string;
}

/**
 * - `identity`: who they are: a name, an address, what somebody calls them. Goes in either kind of erasure.
 * - `words`: what they wrote, or what only their writing shows. Goes with judgements and texts, and stays with identity only.
 * - `material`: what the workspace works on or calls its things, of which nobody is known as the author. Goes with its
 *   prompts or its project (docs/deletion.md), and is corrected where it names somebody.
 * - `nothing`: words of the program, numbers, hashes, secrets of the installation.
 */
export type Holds = "identity" | "words" | "material" | "nothing";

const identity = (erased: string): Declared => ({ holds: "identity", erased });
const words = (erased: string): Declared => ({ holds: "words", erased });
const material = (erased = "stays; deleted with its prompts or project"): Declared => ({ holds: "material", erased });
const nothing = (why = "stays: words of the program"): Declared => ({ holds: "nothing", erased: why });

const hash = nothing("stays: a hash of what it stands for, which can't be turned back");
const withJudgements = "its row goes with the judgements and texts";
const rowGone = "its row goes at once";

/** By table, then by column, as Postgres calls them: every column of text, of texts, of JSON, of bytes, of words to search for. */
export const textColumns: Readonly<Record<string, Readonly<Record<string, Declared>>>> = {
  workspace: { name: material("stays: the workspace's own") },
  user: {
    email: identity("its row goes at once, unless they sign in to another workspace of the installation with it"),
    password_hash: identity("goes with its row"),
  },
  member: {
    name: identity("a name that says nothing takes its place at once; the row goes at the end"),
    external_id: identity("emptied at once: a file that names them anew makes a new annotator"),
    locale: identity("back to the default at once"),
    groups: identity("emptied at once"),
    languages: identity("emptied at once"),
    return_hash: identity("emptied at once: their code brings nobody back"),
  },
  session: { hash: identity(rowGone), csrf_token: identity(rowGone) },
  api_token: { name: identity(rowGone), prefix: identity(rowGone), hash: identity(rowGone) },
  link: {
    hash: nothing("stays: of a secret; links for them and by them end"),
    token: nothing("stays: only of an open link, which is posted in public"),
    note: identity("emptied on the invitation they came by; on links that they made, with judgements and texts"),
    consent: material("stays: what strangers agree to"),
  },
  project: {
    name: material(),
    description: material(),
    groups: nothing("stays: names of groups"),
    blur: nothing(),
    language: nothing(),
  },
  batch: { name: material() },
  guideline: { text: material() },
  inquiry: {
    text: words(withJudgements),
    answer: words("a dash takes its place, so that its question stays answered"),
  },
  project_translation: { language: nothing(), name: material(), description: material(), words: material() },
  guideline_translation: { language: nothing(), text: material() },
  questionnaire: { name: material(), questions: material() },
  import: {
    format: nothing(),
    file_name: identity("emptied: people name files after themselves"),
    mapping: material("stays: names of columns"),
    counts: nothing("stays: numbers"),
  },
  import_mapping: {
    name: material("stays: what the workspace calls it"),
    header: material("stays: names of columns"),
    reading: material("stays: names of columns"),
  },
  import_receipt: { sha256: hash, receipt: nothing("stays: numbers and names of columns; it quotes no row") },
  import_job: {
    file_name: identity("its row goes: how an import of theirs ended"),
    query: identity("its row goes; it names their file"),
    state: nothing(),
    phase: nothing(),
    result: identity("its row goes; it names their file"),
    problem: identity("its row goes; it may quote their file"),
  },
  spooled_file: {
    origin: nothing(),
    name: identity("a dash takes its place; the file's time is over, and the next sweep removes it"),
    place: identity("emptied: where on the web, or in a folder, their file lay"),
    state: nothing(),
    sha256: hash,
    stamp: nothing("stays: size and time of a file"),
    problem: identity("emptied: it may quote their file"),
  },
  spooled_part: { key: nothing("stays: a path of ids") },
  prompt: {
    messages: material(),
    language: nothing(),
    source_text: material(),
    cluster: material(),
    metadata: material(),
    hash,
  },
  completion: {
    text: material(),
    sampling: nothing(),
    finish_reason: nothing(),
    media: material(),
    metadata: material(),
    key: material(),
  },
  media: { sha256: hash, type: nothing(), names: material("stays: rows may name the file by it") },
  task: { language: nothing(), reason: nothing(), external_id: material(), metadata: material() },
  task_document: { document: words("written anew from what is left") },
  task_facet: { kind: nothing(), value: material() },
  notice: { webhook_host: material("stays: the host of a webhook; goes with its project") },
  webhook: {
    url: material("stays: an address of the project's; goes with it, or with the webhook"),
    secret: nothing("stays: of the webhook"),
    former_secret: nothing("stays: of the webhook"),
    events: nothing(),
    disabled_because: nothing(),
  },
  webhook_delivery: {
    type: nothing(),
    payload: nothing("stays for 30 days: ids and numbers"),
    reason: nothing(),
    reason_values: nothing("stays for 30 days: a host, or a number"),
    answer: nothing("stays for 30 days: what another machine answered to ids"),
  },
  endpoint: {
    name: material("stays: what the workspace calls it"),
    base_url: material("stays: an address of the workspace's"),
    model: material("stays: the name of a model"),
    sealed_key: nothing("stays: of the endpoint"),
    limits: nothing(),
    dialect: nothing(),
    sampling: nothing(),
  },
  endpoint_call: {
    state: nothing(),
    reason: nothing(),
    reason_values: nothing("stays: a host, numbers, and what the machine there said of a request"),
    text: material("stays until its run ends, and is then a completion; deleted with its prompt"),
    finish_reason: nothing(),
  },
  arena_battle: {
    state: nothing(),
    sampling: nothing("stays: numbers"),
    choice: nothing("its row goes with the judgements and texts; else it says nothing of who chose"),
    reason: words(withJudgements),
    not_counted: nothing(),
  },
  arena_turn: {
    text: words(withJudgements),
    a_text: words("its row goes with the judgements and texts: it answers what they wrote"),
    a_finish_reason: nothing(),
    a_names_itself: nothing("stays: names of models"),
    b_text: words("its row goes with the judgements and texts: it answers what they wrote"),
    b_finish_reason: nothing(),
    b_names_itself: nothing("stays: names of models"),
  },
  saved_view: { name: words(withJudgements), filter: words(withJudgements) },
  lease: {
    token: nothing("stays: a secret of a task on a desk, which is none any more"),
    skip_comment: words(withJudgements),
    skip_reason: nothing("stays: one of a list"),
  },
  judgement: {
    answer: words(`${withJudgements}; label sets keep its hash (label_set_tombstone)`),
    comment: words(withJudgements),
    timings: nothing("stays: numbers, of a strict form"),
    client: identity("emptied with who they are"),
    origin: identity(
      "what its file called them and their vote is emptied with who they are; the rest goes with the judgement",
    ),
    body_hash: hash,
  },
  left_out: {
    reason: nothing("stays: one of a list; what was left out of theirs goes with the judgements"),
    note: identity("emptied where it is about them; where they wrote it, with judgements and texts"),
  },
  journal: { event: nothing() },
  outbox: { topic: nothing(), key: nothing("stays for some seconds: an id of a project or a run") },
  label_set: { sha256: hash, counts: nothing("stays: numbers") },
  label_set_note: {
    name: material("stays: what the workspace calls it"),
    selection: words("emptied where it names them; where they made it, with judgements and texts"),
  },
  label_set_file: {
    name: nothing(),
    state: nothing(),
    path: nothing("stays: ids"),
    sha256: hash,
  },
  project_archive: {
    direction: nothing(),
    state: nothing(),
    phase: nothing(),
    name: identity("a dash takes its place where they brought it: people name files after themselves"),
    path: nothing("stays: ids"),
    to_clear: nothing("stays: ids and names of files of models"),
    sha256: hash,
    told: nothing("stays: numbers and names of tables"),
    problem: nothing("stays: reasons of the program, with names of tables"),
    removed_because: nothing(),
  },
  label_set_tombstone: { line_sha256: hash, why: nothing() },
  deletion: {
    kind: nothing(),
    name: material("stays: of a project that is deleted"),
    counts: nothing("stays: numbers"),
  },
  deletion_file: { sha256: hash },
  erasure: { kind: nothing(), counts: nothing("stays: numbers; whose they were goes when it is done") },
  run: {
    name: material(),
    spec: nothing("stays: settings of a trainer"),
    engine: nothing(),
    error: nothing("stays: reasons of the program, with numbers"),
    alerts: nothing("stays: reasons of the program, with numbers"),
  },
  metric: { name: nothing() },
  checkpoint: { path: nothing() },
  model_version: {
    name: material(),
    files: nothing("stays: paths and hashes"),
    sha256: hash,
    tokenizer_sha256: hash,
    fingerprint: hash,
    spec: nothing("stays: settings of a trainer"),
    metrics: nothing("stays: numbers"),
    deleted_origin: material("stays: the name of a project that is deleted"),
    given_name: material("stays: what the workspace calls it"),
  },
  model_promotion: {
    cause: nothing(),
    reason: words("emptied where they wrote it, with judgements and texts"),
  },
  model_file_left: { path: nothing("stays: ids; gone in a moment") },
  evaluation: { name: material(), ask: nothing(), equal_pairs: nothing("stays: ids and numbers") },
  schedule: { trigger: nothing(), scope: nothing() },
  audit_event: {
    via: nothing(),
    token: identity("a dash takes the place of the name of theirs"),
    action: nothing("stays: that it happened"),
    subject: identity("an id that names nobody takes the place of theirs"),
    detail: identity(
      "names, addresses and notes go from what is about them; of what they did, with judgements and texts",
    ),
  },
  running_number: { series: nothing() },
};
