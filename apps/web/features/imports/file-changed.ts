/** The browser gives no bytes of a file that has changed on disk since it was chosen. */
export class FileChangedError extends Error {
  override readonly name = "FileChangedError";
}
