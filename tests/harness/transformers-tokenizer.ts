import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Message } from "@touchstone/contracts";
import type { Files } from "@touchstone/rlhf";
import { z } from "zod";
import { askPython, inFolder } from "./python.ts";

const script = fileURLToPath(new URL("tokenizer-folder.py", import.meta.url));

const Reading = z.object({
  /** Ids of each text. */
  texts: z.array(z.array(z.number())),
  /** Each text as it comes back. */
  decoded: z.array(z.string()),
  /** Each conversation up to its next answer, as text and as ids. */
  rendered: z.array(z.string()),
  conversations: z.array(z.array(z.number())),
});

interface Asked {
  readonly texts: readonly string[];
  readonly conversations: readonly (readonly Message[])[];
}

/** What transformers reads with the tokenizer of a model's folder. */
export function transformersReading(files: Files, asked: Asked): z.infer<typeof Reading> {
  return inFolder((folder) => {
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
    return ask("read", folder, asked);
  });
}

/** A tokenizer as transformers saves it, and what it reads with it. */
export function transformersTokenizer(asked: Asked): { files: Files; reading: z.infer<typeof Reading> } {
  return inFolder((folder) => {
    const reading = ask("save", folder, asked);
    return { files: new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))])), reading };
  });
}

function ask(what: string, folder: string, asked: Asked): z.infer<typeof Reading> {
  return Reading.parse(askPython(script, [what, folder], asked));
}
