import { type Aggregation, bytesPerToken, type ExportFormat } from "@touchstone/contracts";

/** What a data card says of a set, beside how many rows were written. */
export interface CardFacts {
  readonly projectName: string;
  readonly labelSetId: string;
  readonly labelSetSha256: string;
  readonly judgements: number;
  /** Judgements of it that are gone since, and how many of these were erased with whoever made them: the hash is of all. */
  readonly deletedSince: number;
  readonly erasedSince: number;
  /** The newest guideline by which something in the set was judged. */
  readonly guideline: { readonly version: number; readonly text: string } | null;
  /** Of people, imported and simulated annotators: how many there are and how much they said. */
  readonly labelled: readonly { readonly source: string; readonly annotators: number; readonly judgements: number }[];
  readonly agreement: readonly AgreementFact[];
}

interface AgreementFact {
  readonly question: string;
  readonly kind: string;
  /** Krippendorff's α with its 95 % interval; null where no two people answered the same. */
  readonly alpha: { readonly value: number; readonly low: number; readonly high: number } | null;
}

/** A file of rows that was written into a folder. */
export interface WrittenFile {
  readonly path: string;
  readonly split: string;
  readonly rows: number;
  /** Tokens of its longest row, and how many rows are longer than each of some numbers of tokens; estimated. */
  readonly longest: number;
  readonly longer: readonly { readonly tokens: number; readonly rows: number }[];
}

interface Written {
  readonly format: ExportFormat;
  readonly aggregation: Aggregation;
  readonly license?: string | undefined;
  readonly files: readonly WrittenFile[];
  readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
}

/** The README.md of a Hugging Face folder: its head tells loaders where the rows of each split lie, the rest is for people. */
export function dataCard(facts: CardFacts, written: Written): string {
  return [
    header(written),
    title(facts, written),
    goneOf(facts),
    rowsOf(written),
    lengthsOf(written),
    judgedBy(facts),
    agreementOf(facts),
    guidelineOf(facts),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function header({ license, files }: Written): string {
  const paths = files.flatMap(({ split, path }) => [`      - split: ${split}`, `        path: ${path}`]);
  const configs = files.length === 0 ? [] : ["configs:", "  - config_name: default", "    data_files:", ...paths];
  return ["---", ...(license === undefined ? [] : [`license: ${license}`]), ...configs, "---"].join("\n");
}

function title({ projectName, labelSetId, labelSetSha256, judgements }: CardFacts, { format, aggregation }: Written) {
  return [
    `# ${oneLine(projectName)}`,
    "",
    `Exported from Touchstone as \`${format}\`, aggregation \`${aggregation}\`, of a frozen label set of ${judgements} judgements.`,
    `Label set \`${labelSetId}\`, SHA-256 \`${labelSetSha256}\`. \`manifest.sha256\` has the hash of each file.`,
  ].join("\n");
}

function goneOf({ deletedSince, erasedSince }: CardFacts): string {
  if (deletedSince === 0) return "";
  const erased = erasedSince === 0 ? "" : `, ${erasedSince} of them with whoever made them`;
  return `Judgements deleted from it since it was frozen: ${deletedSince}${erased}. They are not in these files; the label set's SHA-256 is of all that it was frozen with.`;
}

function rowsOf({ files, leftOut }: Written): string {
  const table = [
    "| Split | File | Rows |",
    "|---|---|---|",
    ...files.map((one) => `| ${one.split} | \`${one.path}\` | ${one.rows} |`),
  ];
  const without = leftOut.map(({ reason, count }) => `- \`${reason}\`: ${count}`);
  const said =
    without.length === 0
      ? []
      : ["", "Not in these rows, by reason (docs/exports.md says what each means):", "", ...without];
  return ["## Rows", "", ...table, ...said].join("\n");
}

/** What a trainer of so many tokens would cut or drop, before it does. */
function lengthsOf({ files }: Written): string {
  const [first] = files;
  if (first === undefined) return "";
  const heads = first.longer.map(({ tokens }) => `Over ${tokens}`);
  const lines = files.map(
    ({ split, longest, longer }) => `| ${[split, longest, ...longer.map(({ rows }) => rows)].join(" | ")} |`,
  );
  return [
    "## Lengths",
    "",
    `Rows by tokens, the prompt with its longest answer: an estimate of ${bytesPerToken} bytes of UTF-8 a token, without a template's marks. Trainers cut or drop what is longer than they take.`,
    "",
    `| ${["Split", "Longest row", ...heads].join(" | ")} |`,
    `|${"---|".repeat(heads.length + 2)}`,
    ...lines,
  ].join("\n");
}

function judgedBy({ labelled }: CardFacts): string {
  const lines = labelled.map((one) => `| ${one.source} | ${one.annotators} | ${one.judgements} |`);
  return ["## Who labelled", "", "| Source | Annotators | Judgements |", "|---|---|---|", ...lines].join("\n");
}

function agreementOf({ agreement }: CardFacts): string {
  const lines = agreement.map(({ question, kind, alpha }) => {
    const said =
      alpha === null
        ? "no two people answered the same"
        : `α ${fixed(alpha.value)} (95 % ${fixed(alpha.low)} to ${fixed(alpha.high)})`;
    return `- ${oneLine(question)} (\`${kind}\`): ${said}`;
  });
  if (lines.length === 0) return "";
  const of =
    "Krippendorff's α over the judgements of people and imported annotators in this set; of a large one over the items that were judged last.";
  return ["## Agreement", "", of, "", ...lines].join("\n");
}

/** As a quotation, so that a heading in it is none of the card. */
function guidelineOf({ guideline }: CardFacts): string {
  if (guideline === null) return "";
  const text = guideline.text.split(/\r?\n/).map((line) => `> ${line}`.trimEnd());
  return [`## Guideline, version ${guideline.version}`, "", ...text].join("\n");
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
const fixed = (value: number) => value.toFixed(2);
