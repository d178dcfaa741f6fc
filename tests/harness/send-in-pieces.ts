import type { ImportJobView, SpooledFileView } from "@touchstone/contracts";
import { expect } from "vitest";
import type { Visitor } from "./visitor.ts";

const tus = { "tus-resumable": "1.0.0" };

/** How a file is called in the tus protocol. */
const metadataOf = (name: string) => `filename ${Buffer.from(name).toString("base64")}`;

/** Begins an upload of so many bytes, as a tus client does: of rows for a project, or, with null, of the copy of a whole one. */
export function beginUpload(visitor: Visitor, projectId: string | null, name: string, bytes: number) {
  const headers = { ...tus, "upload-length": String(bytes), "upload-metadata": metadataOf(name) };
  const url = projectId === null ? "/api/archives/uploads" : `/api/projects/${projectId}/spool/uploads`;
  return visitor.send("POST", url, undefined, headers);
}

/** Sends bytes on from an offset. */
export function sendOn(
  visitor: Visitor,
  id: string,
  offset: number,
  bytes: Buffer,
  headers: Record<string, string> = {},
) {
  return visitor.server.inject({
    method: "PATCH",
    url: `/api/spool/${id}`,
    headers: {
      ...tus,
      cookie: visitor.cookie ?? "",
      "x-csrf-token": visitor.csrfToken ?? "",
      "content-type": "application/offset+octet-stream",
      "upload-offset": String(offset),
      ...headers,
    },
    payload: bytes,
  });
}

/** A file that is at the server whole. */
export async function spooled(
  visitor: Visitor,
  projectId: string | null,
  name: string,
  bytes: Buffer,
): Promise<SpooledFileView> {
  const begun = await beginUpload(visitor, projectId, name, bytes.length);
  expect(begun.statusCode, begun.body).toBe(201);
  const { id } = begun.json<SpooledFileView>();
  const sent = await sendOn(visitor, id, 0, bytes);
  expect(sent.statusCode, sent.body).toBe(204);
  const file = (await visitor.send("GET", `/api/spool/${id}`)).json<SpooledFileView>();
  expect(file.state).toBe("ready");
  return file;
}

/** Begins to import a file that is at the server, as its receipt says. */
export async function beginImport(
  visitor: Visitor,
  fileId: string,
  query: Record<string, string>,
): Promise<ImportJobView> {
  const receipt = await visitor.send("POST", `/api/spool/${fileId}/receipt?${new URLSearchParams(query)}`);
  expect(receipt.statusCode, receipt.body).toBe(200);
  const { digest, question } = receipt.json<{ digest: string; question: string }>();
  const agreed = new URLSearchParams({ ...query, question, receipt: digest });
  const begun = await visitor.send("POST", `/api/spool/${fileId}/imports?${agreed}`);
  expect(begun.statusCode, begun.body).toBe(202);
  return begun.json<ImportJobView>();
}

/** A job as it is once it goes on no more. @param seen told of every state on the way */
export async function ended(visitor: Visitor, id: string, seen?: (job: ImportJobView) => void): Promise<ImportJobView> {
  let job: ImportJobView | undefined;
  await expect
    .poll(
      async () => {
        job = (await visitor.send("GET", `/api/import-jobs/${id}`)).json<ImportJobView>();
        seen?.(job);
        return job.state;
      },
      { timeout: 30_000, interval: 20 },
    )
    .not.toBe("running");
  if (!job) throw new Error("no job was told of");
  return job;
}
