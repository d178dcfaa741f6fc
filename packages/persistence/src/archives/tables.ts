/**
 * What of each table travels when a whole project is written as one file, in the order in which its rows are written and
 * made again: no row names one of a later table, but by a column that is filled in `later`. Whoever adds a table says here
 * what becomes of it, and `tests/integration/archives.test.ts` fails until they have.
 */
export interface Travelling {
  readonly travels: true;
  /** Which rows: a condition over `t`, where `:project` stands for the project. */
  readonly of: string;
  /** In which order they are written and made again. */
  readonly order: string;
  /** Columns that are written as something else: an expression over `t`. */
  readonly written: Readonly<Record<string, string>>;
  /** Columns that are made here, by an expression; null: by the database's default. All `workspace_id` are, too. */
  readonly here: Readonly<Record<string, string | null>>;
  /** Columns that name members: whoever they name travels. */
  readonly people: readonly string[];
  /** What keeps a row within the project: these columns name rows of these tables that are of the same project. */
  readonly within: Readonly<Record<string, string>>;
  /** Columns that are filled when all rows are there: the two tables name each other. */
  readonly later: readonly string[];
  /** Whether rows with the same id may be in the workspace already, and then stay as they are. */
  readonly shared: boolean;
}

/** Its rows stay where they are, or are made again from others. */
export interface Staying {
  readonly travels: false;
  readonly why: string;
}

const ofProject = "t.project_id = :project";

function travels(order: string, more: Partial<Omit<Travelling, "travels" | "order">> = {}): Travelling {
  const nothing = { written: {}, here: {}, people: [], within: {}, later: [], shared: false };
  return { travels: true, of: ofProject, ...nothing, ...more, order };
}

/** Rows that are of a row of another table, and of the project by that. */
function belongs(column: string, table: string, order: string, more: Partial<Travelling> = {}): Travelling {
  const of = `t.${column} IN (SELECT id FROM "${table}" WHERE project_id = :project)`;
  return travels(order, { of, within: { [column]: table }, ...more });
}

const stays = (why: string): Staying => ({ travels: false, why });
const madeAgain = (by: string): Staying => stays(`made again: ${by}`);

/** Somebody who has a name and a way in: neither travels. */
const isPerson = "t.kind = 'person' AND t.erased_at IS NULL";
/** As label sets and exports of this workspace call them (`label-sets/pseudonym.ts`). */
const pseudonym = "left(encode(sha256(convert_to(t.workspace_id || '/' || t.id, 'UTF8')), 'hex'), 16)";

/** Of the workspace those that the project has made, asked or compared, with what they come from. */
const usedModels = `t.id IN (
  WITH RECURSIVE used (id) AS (
    SELECT m.id FROM model_version m WHERE m.project_id = :project
    UNION SELECT m.id FROM model_version m JOIN run r ON r.id = m.run_id WHERE r.project_id = :project
    UNION SELECT unnest(ARRAY[r.policy_id, r.reward_id]) FROM run r WHERE r.project_id = :project
    UNION SELECT unnest(ARRAY[e.candidate_id, e.baseline_id, e.reward_id]) FROM evaluation e WHERE e.project_id = :project
    UNION SELECT o.model_version_id FROM evaluation_other o JOIN evaluation e ON e.id = o.evaluation_id WHERE e.project_id = :project
    UNION SELECT c.model_version_id FROM completion c JOIN prompt p ON p.id = c.prompt_id WHERE p.project_id = :project
    UNION SELECT unnest(ARRAY[x.model_version_id, x.former_id]) FROM model_promotion x WHERE x.project_id = :project
    UNION SELECT unnest(ARRAY[m.parent_id, m.reward_id]) FROM used u JOIN model_version m ON m.id = u.id
  ) SELECT id FROM used)`;

const underWay = "t.state IN ('waiting', 'queued', 'running')";

/** By table, as Postgres calls it. */
export const archiveTables: Readonly<Record<string, Travelling | Staying>> = {
  member: travels("t.id", {
    of: "false",
    shared: true,
    written: {
      kind: `CASE WHEN ${isPerson} THEN 'imported' ELSE t.kind::text END`,
      name: `CASE WHEN ${isPerson} THEN ${pseudonym} ELSE t.name END`,
      external_id: `CASE WHEN ${isPerson} THEN ${pseudonym} ELSE t.external_id END`,
      role: "'annotator'",
      user_id: "NULL",
      locale: "'en'",
      groups: "'{}'::text[]",
      languages: "'{}'::text[]",
      confined: "t.erased_at IS NOT NULL",
      consented_at: "NULL",
      return_hash: "NULL",
      notices_read_at: "NULL",
      signed_in_at: "NULL",
    },
  }),
  project: travels("t.id", { of: "t.id = :project" }),
  project_translation: travels("t.language"),
  guideline: travels("t.version"),
  guideline_translation: belongs("guideline_id", "guideline", "t.guideline_id, t.language"),
  questionnaire: travels("t.id"),
  batch: travels("t.number"),
  guideline_reading: travels("t.member_id, t.version", { people: ["member_id"] }),
  import: travels("t.id", { people: ["member_id"] }),
  import_receipt: travels("t.import_id", { within: { import_id: "import" } }),
  import_mapping: travels("t.id", { people: ["member_id"] }),
  saved_view: travels("t.id", { people: ["member_id"] }),
  media: travels("t.id", { people: ["created_by_id"] }),
  label_set: travels("t.id"),
  label_set_note: travels("t.label_set_id", { people: ["made_by_id"], within: { label_set_id: "label_set" } }),
  // One that was under way is none any more where no worker has what it had read.
  run: travels("t.number", {
    people: ["requested_by_id"],
    within: { label_set_id: "label_set", waits_for_id: "run" },
    later: ["evaluation_id"],
    written: {
      state: `CASE WHEN ${underWay} THEN 'cancelled' ELSE t.state::text END`,
      finished_at: `CASE WHEN ${underWay} THEN clock_timestamp()::timestamptz(3) ELSE t.finished_at END`,
      heartbeat_at: "NULL",
      not_before: "NULL",
      seconds_left: `CASE WHEN ${underWay} THEN NULL ELSE t.seconds_left END`,
      endpoint_id: "NULL",
      waits_for_id: "(SELECT w.id FROM run w WHERE w.id = t.waits_for_id AND w.project_id = :project)",
    },
  }),
  model_version: travels("t.kind, t.number", {
    of: usedModels,
    shared: true,
    written: {
      project_id: `CASE WHEN ${ofProject} THEN t.project_id END`,
      run_id: "(SELECT r.id FROM run r WHERE r.id = t.run_id AND r.project_id = :project)",
      label_set_id: "(SELECT s.id FROM label_set s WHERE s.id = t.label_set_id AND s.project_id = :project)",
    },
    within: { run_id: "run", label_set_id: "label_set" },
    // A workspace numbers its models by itself: `model-numbers.ts` has drawn them.
    here: { number: "(l.line ->> 'drawn')::int" },
  }),
  model_promotion: travels("t.id", { people: ["promoted_by_id"] }),
  evaluation: travels("t.id"),
  evaluation_other: belongs("evaluation_id", "evaluation", "t.evaluation_id, t.place"),
  metric: belongs("run_id", "run", "t.run_id, t.name, t.step"),
  prompt: travels("t.id"),
  completion: belongs("prompt_id", "prompt", "t.id"),
  endpoint_call: belongs("run_id", "run", "t.run_id, t.prompt_id, t.place, t.attempt", {
    within: { run_id: "run", prompt_id: "prompt" },
    written: { endpoint_id: "NULL" },
  }),
  media_use: belongs("media_id", "media", "t.id", {
    within: { media_id: "media", prompt_id: "prompt", completion_id: "completion" },
  }),
  task: travels("t.id", {
    within: { prompt_id: "prompt", questionnaire_id: "questionnaire", evaluation_id: "evaluation" },
  }),
  inquiry: travels("t.id", { people: ["member_id", "answered_by_id"], within: { task_id: "task" } }),
  remark_done: travels("t.remark_id", { people: ["member_id"] }),
  // One that is held ends by itself: the token by which it could be answered is a new one.
  lease: travels("t.id", {
    people: ["member_id"],
    within: { task_id: "task", guideline_id: "guideline" },
    written: { token: "''" },
    here: { token: "replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')" },
  }),
  cursor: travels("t.member_id, t.batch", { people: ["member_id"] }),
  tally: travels("t.member_id", { people: ["member_id"] }),
  repeat_due: travels("t.member_id, t.after_total", {
    people: ["member_id"],
    within: { task_id: "task", lease_id: "lease" },
  }),
  judgement: travels("t.id", {
    people: ["member_id"],
    within: { task_id: "task", lease_id: "lease", guideline_id: "guideline", supersedes_id: "judgement" },
  }),
  left_out: travels("t.id", {
    people: ["member_id", "created_by_id"],
    within: { task_id: "task", judgement_id: "judgement" },
  }),
  // Its numbers are the installation's, in the same order.
  journal: travels("t.id", {
    people: ["member_id"],
    within: { task_id: "task", lease_id: "lease" },
    here: { id: null },
  }),
  label_set_item: belongs("label_set_id", "label_set", "t.label_set_id, t.judgement_id", {
    within: { label_set_id: "label_set", judgement_id: "judgement" },
  }),
  label_set_tombstone: belongs("label_set_id", "label_set", "t.label_set_id, t.judgement_id"),
  import_met: belongs("import_id", "import", "t.import_id, t.row_id"),
  notice: travels("t.id", { of: `${ofProject} AND t.webhook_host IS NULL` }),

  task_document: madeAgain("words to search for, as tasks and what was said of them are made"),
  task_facet: madeAgain("as tasks are made"),
  running_number: madeAgain("as runs are numbered"),
  label_set_file: madeAgain("a worker writes it when somebody asks for it"),

  workspace: stays("its rows become those of the workspace that takes them"),
  user: stays("mail addresses and passwords are nobody's but the installation's"),
  session: stays("a way in"),
  api_token: stays("a way in"),
  link: stays("a way in"),
  project_access: stays("who sees a project is said where it is"),
  arena: stays("off in a project that is brought in, until somebody switches it on"),
  arena_model: stays("chosen anew where the arena is switched on"),
  arena_battle: stays("what was voted on travels as judgements; the others are nobody's work"),
  arena_turn: stays("as its battle"),
  withdrawn_lease: stays("of tasks that were deleted"),
  schedule: stays("it would launch runs by itself; made anew where that is wanted"),
  checkpoint: stays("files of runs under way; what they became are models, which travel"),
  endpoint_talk: stays("a minute old at most, of an endpoint"),
  endpoint: stays("an address and its key, of the workspace; made anew where that is wanted"),
  webhook: stays("an address and its secret; made anew where that is wanted"),
  webhook_delivery: stays("what was told to such an address"),
  spooled_file: stays("a file that waits to be imported"),
  spooled_part: stays("a piece of one"),
  import_job: stays("how an import goes; what it brought travels"),
  deletion: stays("the workspace's own record"),
  deletion_prompt: stays("what is being deleted"),
  deletion_file: stays("what is being deleted"),
  model_file_left: stays("what is being deleted"),
  erasure: stays("the workspace's own record"),
  erasure_lease: stays("what is being erased"),
  outbox: stays("promises for the next seconds"),
  audit_event: stays("the workspace's own record; it names people"),
  project_archive: stays("archives themselves"),
};

/** In their order. */
export const travelling: readonly (readonly [table: string, how: Travelling])[] = Object.entries(archiveTables).flatMap(
  ([table, how]) => (how.travels ? [[table, { ...how, of: conditionOf(table, how) }] as const] : []),
);

/** Of members those whom any other row that travels names. */
function conditionOf(table: string, how: Travelling): string {
  if (table !== "member") return how.of;
  const named = Object.entries(archiveTables).flatMap(([other, each]) => {
    if (!each.travels) return [];
    return each.people.map((column) => `SELECT t.${column} FROM "${other}" t WHERE ${each.of}`);
  });
  return `t.id IN (${named.join(" UNION ")})`;
}
