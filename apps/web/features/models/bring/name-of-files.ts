/** What a model goes by until somebody calls it otherwise: its GGUF file's name; the files of a folder are called alike. */
export function nameOfFiles(names: readonly string[]): string {
  const gguf = names.find((name) => name.endsWith(".gguf"));
  return gguf === undefined ? "" : gguf.slice(0, -".gguf".length);
}
