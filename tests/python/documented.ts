import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The Python of a page of the docs that defines this function, so that what people copy is what the tests run. @throws Error where there is none */
export function documentedPython(page: string, defines: string): string {
  const text = readFileSync(fileURLToPath(new URL(`../../docs/${page}`, import.meta.url)), "utf8");
  const blocks = [...text.matchAll(/^```python\n(.*?)^```$/gms)].map(([, code]) => code ?? "");
  const found = blocks.filter((code) => code.includes(`def ${defines}(`));
  if (found.length !== 1) throw new Error(`docs/${page} defines ${defines} ${found.length} times.`);
  return found[0] ?? "";
}
