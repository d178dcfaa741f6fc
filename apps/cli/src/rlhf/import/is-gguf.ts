import { withFile } from "./read-file.ts";

/** By its content, whatever it is called; what is called .gguf and is none is refused as such. */
export function isGguf(source: string): boolean {
  if (source.endsWith(".gguf")) return true;
  return withFile(source, ({ size, read }) => size >= 4 && Buffer.from(read(0, 4)).toString("latin1") === "GGUF");
}
