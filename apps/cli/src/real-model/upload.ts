import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Client, isProblem } from "@touchstone/api-client";
import type { SpooledFileView } from "@touchstone/contracts";
import { DetailedError, Upload } from "tus-js-client";
import { UsageError } from "../rlhf/usage-error.ts";

/** Bytes of one request: as much is sent again where a line breaks. */
const pieceBytes = 16 * 2 ** 20;
/** Waits in ms before a piece is tried again. */
const retryDelays = [0, 1_000, 3_000];

interface Place {
  readonly address: string;
  readonly token: string;
  readonly projectId: string;
}

/** Sends a file to a project by the tus protocol. @throws UsageError with what the API said */
export async function upload(
  client: Client,
  { address, token, projectId }: Place,
  path: string,
  say: (line: string) => void,
): Promise<SpooledFileView> {
  const name = basename(path);
  const { size } = await stat(path);
  const place = await new Promise<string>((resolve, reject) => {
    const sending = new Upload(createReadStream(path), {
      endpoint: `${address}/api/projects/${projectId}/spool/uploads`,
      headers: { authorization: `Bearer ${token}` },
      chunkSize: pieceBytes,
      uploadSize: size,
      metadata: { filename: name },
      retryDelays,
      onChunkComplete: (_, sent) => say(`Sending ${name}: ${Math.round((100 * sent) / size)} %`),
      onSuccess: () => resolve(sending.url ?? ""),
      onError: (error) => reject(new UsageError(wordsOf(error))),
    });
    sending.start();
  });
  return client.getSpooled({ params: { id: place.split("/").at(-1) ?? "" } });
}

/** What the API said, or else what became of the line. */
function wordsOf(error: Error | DetailedError): string {
  const body = error instanceof DetailedError ? error.originalResponse?.getBody() : undefined;
  try {
    const said: unknown = JSON.parse(body ?? "");
    return isProblem(said) ? said.detail : error.message;
  } catch {
    return error.message;
  }
}
