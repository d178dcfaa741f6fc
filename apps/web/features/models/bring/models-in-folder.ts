import { type FolderFile, type ModelFiles, modelFilesOf } from "@touchstone/contracts";

/** A model in the server's folder, by the names of its files. */
export interface FolderModel {
  /** A GGUF file's path, or that of the folder in which the others lie; empty for the one that is named itself. */
  readonly path: string;
  readonly form: ModelFiles["form"];
  /** Those that are read. */
  readonly files: readonly string[];
  readonly bytes: number;
}

/** What of the server's folder is a model, in the order of the paths: each GGUF file, and each folder that holds a whole one. */
export function modelsInFolder(items: readonly FolderFile[]): FolderModel[] {
  const isGguf = ({ path }: FolderFile) => path.endsWith(".gguf");
  const single = items
    .filter(isGguf)
    .map(({ path, bytes }): FolderModel => ({ path, form: "gguf", files: [path], bytes }));
  const folders = new Map<string, FolderFile[]>();
  for (const file of items.filter((one) => !isGguf(one))) {
    const folder = file.path.split("/").slice(0, -1).join("/");
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const whole = [...folders].flatMap(([path, files]): FolderModel[] => {
    const { form, leftAside, fault } = modelFilesOf(files.map(nameOf));
    if (fault !== null) return [];
    const read = files.filter((file) => !leftAside.includes(nameOf(file)));
    const bytes = read.reduce((sum, file) => sum + file.bytes, 0);
    return [{ path, form, files: read.map((file) => file.path), bytes }];
  });
  return [...single, ...whole].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function nameOf({ path }: FolderFile): string {
  return path.split("/").at(-1) ?? path;
}
