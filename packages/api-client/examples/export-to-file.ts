import { open, rename } from "node:fs/promises";
import { type CallInput, type Client, ConnectionError } from "@touchstone/api-client";

type Format = NonNullable<CallInput<"exportSet">["query"]>["format"];

/** How often a download that broke off is gone on with. */
const attempts = 5;

/**
 * A frozen label set into a file, which has its name only once it is whole. A set never changes, and neither do the bytes
 * of its export: after a break the same is asked for again, and what is there already is passed over.
 *
 * @returns how many bytes it has
 */
export async function exportToFile(client: Client, labelSetId: string, format: Format, path: string): Promise<number> {
  const part = `${path}.part`;
  const file = await open(part, "w");
  let written = 0;
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await client.exportSet({ params: { id: labelSetId }, query: { format } });
        let passed = 0;
        for await (const bytes of response.body ?? []) {
          const fresh = bytes.subarray(Math.max(0, Math.min(bytes.length, written - passed)));
          passed += bytes.length;
          await file.write(fresh);
          written += fresh.length;
        }
        break;
      } catch (error) {
        // What the API refuses it refuses again; a connection that broke is worth another try.
        const broke = error instanceof ConnectionError || error instanceof TypeError;
        if (!broke || attempt === attempts) throw error;
      }
    }
  } finally {
    await file.close();
  }
  await rename(part, path);
  return written;
}
