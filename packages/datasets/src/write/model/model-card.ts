import type { EvaluationView, LineageView, PromotionView } from "@touchstone/contracts";
import type { CardFacts } from "../folder/card.ts";

/** All that is known of a model; what isn't is null or empty, and the card says so. */
export interface ModelCardFacts {
  readonly lineage: LineageView;
  readonly project: string | null;
  /** Of its own label set. */
  readonly labels: CardFacts | null;
  /** Trainer settings as they were kept with the model, defaults filled in. */
  readonly spec: Readonly<Record<string, unknown>>;
  readonly fingerprint: string | null;
  /** Blind comparisons in which it stood, newest first. */
  readonly evaluations: readonly EvaluationView[];
  /** When and why it was in use, newest first. */
  readonly promotions: readonly (PromotionView & { readonly project: string })[];
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/**
 * A model card (Mitchell et al. 2019) in Markdown, of what is kept and nothing else: data, labels, recipe, seed, lineage, and
 * figures with their 95 % intervals.
 */
export function modelCard(facts: ModelCardFacts): string {
  return [
    title(facts),
    dataOf(facts),
    labelsOf(facts),
    recipeOf(facts),
    lineageOf(facts),
    figuresOf(facts),
    comparisonsOf(facts),
    useOf(facts),
    filesOf(facts),
    unknownOf(),
  ]
    .join("\n\n")
    .concat("\n");
}

type Model = LineageView["model"];
const codeOf = ({ kind, number }: Pick<Model, "kind" | "number">) => `${kind === "reward" ? "RM" : "P"}-${number}`;
const calledOf = (model: Pick<Model, "kind" | "number" | "name" | "givenName">) =>
  `${codeOf(model)} “${oneLine(model.givenName ?? model.name)}”`;

function title({ lineage: { model }, project }: ModelCardFacts): string {
  const kind = model.kind === "reward" ? "Reward model" : "Policy";
  const of = project === null ? "of the workspace" : `of the project “${oneLine(project)}”`;
  return [
    `# ${codeOf(model)} · ${oneLine(model.givenName ?? model.name)}`,
    "",
    `${kind} ${of}, published ${day(model.createdAt)}, ${model.parameters} parameters, stage: ${model.stage}.`,
    `SHA-256 of the whole \`${model.sha256}\`; of its tokenizer ${hashOr(model.tokenizerSha256)}.`,
  ].join("\n");
}

function dataOf({ lineage: { model, steps }, labels }: ModelCardFacts): string {
  const head = "## Data";
  const set = steps[0]?.labelSet ?? null;
  const origin = model.deletedOrigin;
  if (set === null && origin?.labelSet)
    return `${head}\n\n${origin.labelSet.judgements} judgements of “${oneLine(origin.project)}”, which was deleted ${day(origin.deletedAt)}: label set SHA-256 \`${origin.labelSet.sha256}\`. Nothing of it is kept.`;
  if (set === null) return `${head}\n\nNot known: the model names no label set.`;
  const gone = labels === null || labels.deletedSince === 0 ? [] : [goneOf(labels)];
  return [
    head,
    "",
    `Frozen label set \`${set.id}\`, SHA-256 \`${set.sha256}\`, of ${day(set.createdAt)}: ${set.judgements} judgements, as ${set.comparisons} comparisons and ${set.ratings} ratings.`,
    set.includesSimulated
      ? "Judgements of simulated annotators are among them."
      : "Simulated annotators are not among them.",
    ...gone,
  ].join("\n");
}

function goneOf({ deletedSince, erasedSince }: CardFacts): string {
  const erased = erasedSince === 0 ? "" : `, ${erasedSince} of them erased with whoever made them`;
  return `Deleted from it since: ${deletedSince}${erased}; the hash is of all that it was frozen with.`;
}

function labelsOf({ labels }: ModelCardFacts): string {
  if (labels === null) return "## Labels\n\nNot known.";
  const rows = labels.labelled.map((one) => `| ${one.source} | ${one.annotators} | ${one.judgements} |`);
  const agreement = labels.agreement.map(({ question, kind, alpha }) => {
    const said =
      alpha === null ? "no two people answered the same" : `α ${interval(alpha.value, alpha.low, alpha.high)}`;
    return `- ${oneLine(question)} (\`${kind}\`): ${said}`;
  });
  const none = "No question of it has an agreement that could be counted.";
  return [
    "## Labels",
    "",
    "| Source | Annotators | Judgements |",
    "|---|---|---|",
    ...rows,
    "",
    "Krippendorff's α of people and imported annotators:",
    "",
    ...(agreement.length === 0 ? [none] : agreement),
    "",
    labels.guideline === null ? "Guideline: not known." : `Guideline: version ${labels.guideline.version}.`,
  ].join("\n");
}

function recipeOf({ lineage: { steps }, spec, fingerprint }: ModelCardFacts): string {
  const run = steps[0]?.run ?? null;
  const settings = Object.keys(spec).length === 0 ? ["Not known."] : ["```json", JSON.stringify(spec, null, 2), "```"];
  const made =
    run === null
      ? "Run and seed: not known; the model came from outside, or its run was deleted."
      : `Run #${run.number} (\`${run.kind}\`), seed ${run.seed}, ${run.step} steps, ${run.startedAt === null ? "start not known" : `started ${run.startedAt}`}, ${run.finishedAt === null ? "end not known" : `ended ${run.finishedAt}`}.`;
  const engine = run?.engine ? `\`${JSON.stringify(run.engine)}\`` : "not known";
  return [
    "## Recipe",
    "",
    made,
    `Engine: ${engine}. Fingerprint: ${fingerprint === null ? "not known" : `\`${fingerprint}\``}.`,
    "",
    "Settings:",
    "",
    ...settings,
  ].join("\n");
}

function lineageOf({ lineage: { steps } }: ModelCardFacts): string {
  const relations = { self: "this model", parent: "trained from", reward: "judged by" };
  const lines = steps.map(({ model, relation, run, labelSet }) => {
    const by =
      run === null
        ? "came from outside, or its run was deleted"
        : `run #${run.number} \`${run.kind}\`, seed ${run.seed}`;
    const labels = labelSet === null ? "" : `; label set \`${labelSet.sha256.slice(0, 16)}\``;
    return `- ${relations[relation]}: ${calledOf(model)}, \`${model.sha256.slice(0, 16)}\` (${by}${labels})`;
  });
  return ["## Lineage", "", ...lines].join("\n");
}

function figuresOf({ lineage: { model } }: ModelCardFacts): string {
  const numbers = new Map(
    Object.entries(model.metrics).flatMap(([key, value]): [string, number][] =>
      typeof value === "number" ? [[key, value]] : [],
    ),
  );
  const isEnd = (key: string) => /\.(low|high)$/.test(key) && numbers.has(key.replace(/\.(low|high)$/, ""));
  const rows = [...numbers].flatMap(([key, value]) => {
    if (isEnd(key)) return [];
    const [low, high] = [numbers.get(`${key}.low`), numbers.get(`${key}.high`)];
    const said = low === undefined || high === undefined ? "–" : `[${plain(low)}, ${plain(high)}]`;
    return [`| \`${key}\` | ${plain(value)} | ${said} |`];
  });
  if (rows.length === 0) return "## Figures\n\nNone are kept with this model.";
  const head = ["| Figure | Value | 95 % interval |", "|---|---|---|"];
  return [
    "## Figures",
    "",
    "As its trainer measured them; a dash where it gave no interval.",
    "",
    ...head,
    ...rows,
  ].join("\n");
}

function comparisonsOf({ lineage: { model }, evaluations }: ModelCardFacts): string {
  const lines = evaluations.map((one) => {
    const pair = `${one.candidate === null ? "…" : calledOf(one.candidate)} against ${calledOf(one.baseline)}`;
    const rate =
      one.winRate === null
        ? "no rate yet"
        : `win rate of the first ${interval(one.winRate.value, one.winRate.low, one.winRate.high)}, ${one.verdict}`;
    const simulated = one.simulated ? ", simulated judgements among them" : "";
    return `- ${day(one.createdAt)}: ${pair}: ${rate} (${one.judgements} judgements of ${one.prompts.judged} of ${one.prompts.total} prompts${simulated})`;
  });
  if (lines.length === 0)
    return `## Blind comparisons\n\n${model.kind === "reward" ? "A reward model writes no answers to be compared." : "None."}`;
  return ["## Blind comparisons", "", "Intervals are confidence sequences, valid at every look.", "", ...lines].join(
    "\n",
  );
}

function useOf({ promotions }: ModelCardFacts): string {
  const lines = promotions.map(({ project, at, until, by, cause, back, reason }) => {
    const deciders = { person: by ?? "somebody", schedule: "a schedule", newest: "nobody: it was the newest" };
    const why = reason === "" ? "" : `: ${oneLine(reason)}`;
    return `- “${oneLine(project)}”: ${at} to ${until ?? "now"}, ${back ? "gone back to by" : "by"} ${deciders[cause]}${why}`;
  });
  return ["## In use", "", ...(lines.length === 0 ? ["Never, by anybody's decision."] : lines)].join("\n");
}

function filesOf({ files }: ModelCardFacts): string {
  if (files.length === 0) return "## Files\n\nNone.";
  const rows = files.map(({ name, bytes, sha256 }) => `| \`${name}\` | ${bytes} | \`${sha256}\` |`);
  return ["## Files", "", "| File | Bytes | SHA-256 |", "|---|---|---|", ...rows].join("\n");
}

/** What a card is asked for and nobody here has written down. */
function unknownOf(): string {
  return "## Not known\n\nLicense, intended use, limitations and the data that ancestors from outside were trained on are not kept, so they are not said here.";
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").replace(/[|<>]/g, "\\$&").trim();
const day = (at: string) => at.slice(0, 10);
const hashOr = (hash: string | null) => (hash === null ? "not known" : `\`${hash}\``);
const plain = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(4));
const interval = (value: number, low: number, high: number) =>
  `${value.toFixed(3)} (95 % ${low.toFixed(3)} to ${high.toFixed(3)})`;
