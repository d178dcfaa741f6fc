import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@touchstone/api-client";
import type { RunView } from "@touchstone/contracts";
import { asking, connect } from "../import/connection.ts";
import { callerPath } from "../rlhf/files/caller-path.ts";
import { UsageError } from "../rlhf/usage-error.ts";
import { demoPrompts } from "./prompts.ts";
import { smolLmFile } from "./smollm.ts";
import { upload } from "./upload.ts";

interface Options {
  readonly file?: string;
  readonly project: string;
  readonly prompts: number;
  readonly answers: number;
  readonly tokens: number;
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** Milliseconds between two looks at a run. */
const lookMs = 1_000;

/**
 * A project with prompts of our own, a model that is brought to it as from the page, and its answers for people to judge.
 *
 * @throws UsageError; what was made by then stays, and is named
 */
export async function realModel(options: Options): Promise<void> {
  const { client, address } = connect(options);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  // Before anything is made: without the file there is nothing to answer.
  const path = options.file === undefined ? await smolLmFile(say) : ownFile(options.file);
  const made = await asking(address, async () => {
    const project = await client.createProject({
      body: {
        name: options.project,
        description: "A real model answers, and people say which answer is better.",
        guideline: "Prefer the answer that is right, to the point, and kind. Length is no merit.",
        mustRead: false,
        overlap: 2,
        language: "en",
      },
    });
    say(`Project “${options.project}”: ${address}/projects/${project.id}`);
    const rows = demoPrompts.map((prompt) => `${JSON.stringify({ prompt })}\n`).join("");
    const params = { id: project.id };
    const file = { body: new Blob([rows]), contentType: "application/octet-stream" } as const;
    const receipt = await client.makeReceipt({ params, query: { format: "prompts" }, upload: file });
    const query = { format: "prompts", question: receipt.question, receipt: receipt.digest } as const;
    await client.importRows({ params, query, upload: file });
    const place = { address, token: options.token?.trim() ?? "", projectId: project.id };
    const brought = await upload(client, place, path, say);
    const launch = (body: Parameters<Client["launchRun"]>[0]["body"]) =>
      client.launchRun({ params: { id: project.id }, body });
    const bringing = await toEnd(
      client,
      await launch({ kind: "import", name: nameOf(path), spec: { files: [brought.id] } }),
      say,
    );
    const modelId = bringing.modelVersionId;
    if (modelId === null) throw new UsageError("The run published no model.");
    const spec = {
      prompts: options.prompts,
      samplesPerPrompt: options.answers,
      sampling: { maxNewTokens: options.tokens },
    };
    const answering = await toEnd(
      client,
      await launch({ kind: "generate", policy: { modelVersionId: modelId }, spec }),
      say,
    );
    return { projectId: project.id, modelId, runs: [bringing.id, answering.id] };
  });
  if (options.json) process.stdout.write(`${JSON.stringify(made)}\n`);
  say(`People can judge its answers now: ${address}/projects/${made.projectId}`);
}

function ownFile(file: string): string {
  const path = callerPath(file);
  if (!existsSync(path)) throw new UsageError(`--file: there is no file ${file}.`);
  return path;
}

const nameOf = (path: string) => (path.split("/").at(-1) ?? path).replace(/\.gguf$/, "");

/** Waits for a run and tells how far it is. @throws UsageError with the run's own words when it did not succeed */
async function toEnd(client: Client, { id, name }: RunView, say: (line: string) => void): Promise<RunView> {
  let told = "";
  for (;;) {
    const run = await client.getRun({ params: { id } });
    const share = run.totalSteps ? ` ${Math.floor((10 * run.step) / run.totalSteps) * 10} %` : "";
    const line = `${name}: ${run.state}${run.state === "running" ? share : ""}`;
    if (line !== told) say(line);
    told = line;
    if (run.state === "succeeded") return run;
    if (run.state === "failed" || run.state === "cancelled") {
      throw new UsageError(`The run “${name}” ${run.state}. ${run.error?.message ?? ""}`.trim());
    }
    await sleep(lookMs);
  }
}
