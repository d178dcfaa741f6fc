/** The browser gives no bytes of a file that has changed on disk since it was chosen. */
export class FileChangedError extends Error {
  override readonly name = "FileChangedError";
}

/** @throws FileChangedError */
export async function assertUnchanged(file: File): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new FileChangedError("the file has changed on disk");
  }
}
