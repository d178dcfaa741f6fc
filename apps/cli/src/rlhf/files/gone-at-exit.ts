import { rmSync } from "node:fs";

/**
 * A file or folder that goes when this process ends before it is done with: a second signal ends it at once, with nothing but
 * its `exit` listeners.
 *
 * @returns keeps what lies there from then on
 */
export function goneAtExit(path: string): () => void {
  const remove = () => rmSync(path, { recursive: true, force: true });
  process.once("exit", remove);
  return () => {
    process.removeListener("exit", remove);
  };
}
