import { type NamelessFile, openNamelessFile } from "./nameless-file.ts";

/** Keeps bytes in a file without a name, so that they can be read twice. */
export async function spoolBytes(bytes: AsyncIterable<Uint8Array>): Promise<Pick<NamelessFile, "read" | "close">> {
  const file = await openNamelessFile();
  try {
    for await (const chunk of bytes) await file.append(chunk);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
