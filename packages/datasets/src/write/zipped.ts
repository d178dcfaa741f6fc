import { makeZip } from "client-zip";

/** A file of an archive. */
export interface ZipPart {
  readonly name: string;
  readonly content: AsyncGenerator<Uint8Array<ArrayBuffer>>;
}

/** A zip of files as they are, which follow each other: none is held, so their sizes do not matter. */
export async function* zipped(parts: AsyncIterable<ZipPart>, madeAt: Date): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  async function* files() {
    for await (const { name, content } of parts) yield { name, lastModified: madeAt, input: content };
  }
  for await (const chunk of makeZip(files())) yield new Uint8Array(chunk);
}
