/** What a sentence calls by `{kind}`; a page translates these too. */
export const reasonWords = {
  batch: "batch",
  absent: "missing",
  null: "null",
  list: "a list",
  object: "an object",
  boolean: "a boolean",
  utf32: "UTF-32",
  binary: "binary",
  damagedUtf16: "damaged UTF-16",
  damagedGb18030: "damaged GB18030",
  xlsx: "an Excel workbook (.xlsx)",
  zip: "a zip archive",
  xls: "an old Excel workbook (.xls)",
  zstd: "compressed with Zstandard (.zst)",
  xz: "compressed with xz",
  bzip2: "compressed with bzip2",
  lz4: "compressed with LZ4",
  gzipInGzip: "a gzip file within a gzip file",
  sevenZip: "a 7z archive",
  rar: "a RAR archive",
  tar: "a tar archive",
  parquet: "a Parquet file",
  arrow: "an Arrow or Feather file",
  arrowStream: "an Arrow stream",
  orc: "an ORC file",
  avro: "an Avro file",
  hdf5: "an HDF5 file",
  numpy: "a NumPy array",
  sqlite: "an SQLite database",
  pickle: "a Python pickle",
  pdf: "a PDF",
  html: "a web page (HTML)",
  xml: "XML",
  lfs: "a pointer of Git LFS, not the file it stands for",
  // Things of the product
  project: "project",
  import: "import",
  media: "picture or sound",
  file: "file",
  guideline: "guideline",
  task: "task",
  item: "item",
  view: "view",
  mapping: "mapping",
  judgement: "judgement",
  judgements: "judgements",
  comparisons: "comparisons",
  ratings: "ratings",
  skip: "skip",
  question: "question",
  remark: "remark",
  labelSet: "label set",
  labelSetFile: "file of this label set",
  archive: "copy of the whole project",
  broughtArchive: "archive that was brought",
  leftOut: "left-out entry",
  run: "run",
  schedule: "schedule",
  webhook: "webhook",
  delivery: "delivery",
  endpoint: "endpoint",
  evaluation: "evaluation",
  battle: "battle",
  model: "model",
  policy: "policy",
  reward: "reward model",
  policyToImprove: "a policy to improve",
  policyToTune: "a policy to fine-tune",
  policyToMeasure: "the policy to measure",
  policyThatAnswers: "the policy that writes the answers",
  policyOfReward: "a policy whose body the reward model starts from",
  modelToGoOn: "the model to go on from",
  klReference: "the reference of the KL",
  member: "member",
  workspace: "workspace",
  link: "link",
  translation: "translation",
  token: "API token",
  preference: "preference",
  rating: "rating",
  // Roles and how a run ended
  admin: "admin",
  researcher: "researcher",
  reviewer: "reviewer",
  annotator: "annotator",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "cancelled",
  // Parts of a cron pattern
  minute: "minute",
  hour: "hour",
  day: "day of the month",
  month: "month",
  weekday: "day of the week",
} as const;

export type ReasonWord = keyof typeof reasonWords;
export type ReasonValues = Readonly<Record<string, string | number>>;

export type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** The values that a sentence names; `kind` is a word of the table. */
export type ValuesNamedIn<Text extends string> = {
  readonly [Name in NamesIn<Text>]: Name extends "kind" ? ReasonWord : string | number;
};

function isReasonWord(word: string | number): word is ReasonWord {
  return Object.hasOwn(reasonWords, word);
}

/** An English sentence with its values filled in. */
export function sentenceOf(text: string, values: ReasonValues): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return name === "kind" && isReasonWord(value) ? reasonWords[value] : String(value);
  });
}
