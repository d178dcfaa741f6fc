import type { RunFact } from "@touchstone/contracts";
import {
  type AdapterReport,
  adapterFolder,
  describeModel,
  type Files,
  type GgufReport,
  importAdapter,
  importGgufFile,
  importSavedFolder,
  savedFolder,
} from "@touchstone/rlhf";
import type { FromThread, ThreadJob } from "./thread-messages.ts";

type ImportJob = Extract<ThreadJob, { type: "import" }>;
type Note = (message: string, fact: RunFact) => void;

/** Reads the files of a model of others and says what came in. @throws TrainingError `bad_model_files` */
export function readModel(job: ImportJob, note: Note): Extract<FromThread, { type: "imported" }> {
  const { files, report, adapter } = readFiles(job);
  const { kind, parameters, config, sha256, tokenizerSha256, templateDate } = describeModel(files);
  const { vocab, context } = config;
  note(`${parameters} weights, ${vocab} pieces, ${context} tokens of context.`, {
    ...{ code: "model_read", level: "note", values: { parameters, vocab, context } },
  });
  if (report) tellGguf(report, context, note);
  if (adapter) tellAdapter(adapter, note);
  if (templateDate !== undefined) {
    note(`Its chat template tells the date: here it always says ${templateDate}, as no run could be repeated else.`, {
      ...{ code: "template_dated", level: "note", values: { date: templateDate } },
    });
  }
  return { type: "imported", files, model: { kind, parameters, sha256, tokenizerSha256 } };
}

interface Read {
  readonly files: Files;
  readonly report?: GgufReport;
  readonly adapter?: AdapterReport;
}

function readFiles({ form, path, name, context, base }: ImportJob): Read {
  if (form === "gguf") return importGgufFile(path, name, context);
  if (form === "folder" || base === undefined) return { files: importSavedFolder(path, context) };
  const { files, report } = importAdapter(adapterFolder(path), savedFolder(base, context), context);
  return { files, adapter: report };
}

function tellAdapter({ rank, alpha, matrices, ownTokenizer }: AdapterReport, note: Note) {
  const tokenizer = ownTokenizer ? "adapter" : "base";
  note(
    `A LoRA adapter (r ${rank}, α ${alpha}) was laid on ${matrices} matrices of its base; tokenizer and chat template are those of the ${tokenizer}.`,
    { code: "adapter_read", level: "note", values: { rank, alpha, matrices, tokenizer } },
  );
}

function tellGguf(
  { architecture, types, tokenizer, chatTemplate, context: longest }: GgufReport,
  context: number,
  note: Note,
) {
  const tensors = Object.entries(types).map(([type, count]) => `${count} ${type}`);
  const template = chatTemplate ? "with" : "without";
  note(
    `From GGUF, architecture ${architecture}: tensors of ${tensors.join(", ")} as float32; tokenizer ${tokenizer}, ${template} a chat template.`,
    { code: "gguf_read", level: "note", values: { architecture, types: tensors.join(", "), tokenizer, template } },
  );
  if (longest <= context) return;
  note(`It could read ${longest} tokens, and reads ${context} here.`, {
    ...{ code: "context_cut", level: "note", values: { longest, context } },
  });
}
