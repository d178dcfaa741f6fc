import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { SpooledFileView as Spooled, type SpooledFileView } from "@touchstone/contracts";
import { UsageError } from "../rlhf/usage-error.ts";

/** Bytes of one request: as much is sent again where a line breaks. */
const pieceBytes = 16 * 2 ** 20;

interface Place {
  readonly address: string;
  readonly token: string;
  readonly projectId: string;
}

/** Sends a file to a project by the tus protocol. @throws UsageError with what the API said */
export async function upload(
  { address, token, projectId }: Place,
  path: string,
  say: (line: string) => void,
): Promise<SpooledFileView> {
  const file = await openAsBlob(path);
  const common = { authorization: `Bearer ${token}`, "tus-resumable": "1.0.0" };
  const begun = await ask(`${address}/api/projects/${projectId}/spool/uploads`, {
    method: "POST",
    headers: {
      ...common,
      "upload-length": String(file.size),
      "upload-metadata": `filename ${Buffer.from(basename(path)).toString("base64")}`,
    },
  });
  const { id } = Spooled.parse(await begun.json());
  for (let offset = 0; offset < file.size; offset += pieceBytes) {
    await ask(`${address}/api/spool/${id}`, {
      method: "PATCH",
      headers: { ...common, "content-type": "application/offset+octet-stream", "upload-offset": String(offset) },
      body: file.slice(offset, offset + pieceBytes),
    });
    say(`Sending ${basename(path)}: ${Math.round((100 * Math.min(file.size, offset + pieceBytes)) / file.size)} %`);
  }
  return Spooled.parse(await (await ask(`${address}/api/spool/${id}`, { headers: common })).json());
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.ok) return response;
  const said: unknown = await response.json().catch(() => null);
  const detail = said && typeof said === "object" && "detail" in said ? String(said.detail) : response.statusText;
  throw new UsageError(detail);
}
