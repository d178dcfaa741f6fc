import { ApiError, ConnectionError, isProblem } from "@touchstone/api-client";
import type { Upload } from "tus-js-client";
import { api } from "../../../api/client.ts";
import { assertUnchanged } from "../file-changed.ts";
import type { SpoolPlace } from "./spool-queries.ts";

/** Sent with one request: a proxy that takes no larger bodies is rare, and as much is sent again at most. */
const requestBytes = 16 * 2 ** 20;
/** Tries in a row before somebody is told that the server is away; from then on it is tried whenever a line is back. */
const retryDelays = [0, 1_000, 3_000];

export interface SendingEvents {
  /** The server knows of it, by this id. */
  readonly onPlace: (id: string) => void;
  readonly onProgress: (sent: number) => void;
  /** It is there: its id. */
  readonly onSent: (id: string) => void;
  /** ConnectionError where trying again may help. */
  readonly onProblem: (problem: unknown) => void;
}

/** A file on its way, which can be stopped and sent on. */
export interface Sending {
  start(): void;
  /** Stops; what has come stays at the server for when it goes on. */
  pause(): Promise<void>;
  /** Stops, and has the server forget it. */
  cancel(): Promise<void>;
}

/**
 * Sends a file by the tus protocol. The browser remembers what it has begun to send: the same file, chosen again after a
 * reload, goes on from where it was.
 */
export async function openSending(place: SpoolPlace, file: File, events: SendingEvents): Promise<Sending> {
  const { Upload: TusUpload } = await import("tus-js-client");
  let token = await csrfToken();
  const upload: Upload = new TusUpload(file, {
    endpoint: place === null ? "/api/archives/uploads" : `/api/projects/${place}/spool/uploads`,
    chunkSize: requestBytes,
    retryDelays,
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name },
    fingerprint: async () => `touchstone ${place ?? "archive"} ${file.name} ${file.size} ${file.lastModified}`,
    onBeforeRequest: (request) => request.setHeader("x-csrf-token", token),
    onUploadUrlAvailable: () => events.onPlace(idIn(upload.url)),
    onProgress: (sent) => events.onProgress(sent),
    onSuccess: () => events.onSent(idIn(upload.url)),
    onError: (error) => void tell(error),
  });
  const [former] = await upload.findPreviousUploads();
  if (former) upload.resumeFromPreviousUpload(former);

  async function tell(error: Error): Promise<void> {
    const problem = problemIn(error);
    // Another tab signed in again: the cookie is new and the token is not.
    if (problem instanceof ApiError && problem.code === "csrf_failed") {
      const fresh = await csrfToken().catch(() => token);
      if (fresh !== token) {
        token = fresh;
        upload.start();
        return;
      }
    }
    // A file that can't be read any more looks like a lost connection.
    events.onProblem(
      await assertUnchanged(file).then(
        () => problem,
        (changed: unknown) => changed,
      ),
    );
  }

  return {
    start: () => upload.start(),
    pause: () => upload.abort(),
    cancel: () => upload.abort(true),
  };
}

async function csrfToken(): Promise<string> {
  return (await api.getSession()).csrfToken;
}

function idIn(url: string | null): string {
  return url?.split("/").at(-1) ?? "";
}

/** What the API said, or else that nothing came of it. */
function problemIn(error: Error): unknown {
  const response = "originalResponse" in error ? Object(error.originalResponse) : {};
  const text: unknown = typeof response.getBody === "function" ? response.getBody() : undefined;
  const body = typeof text === "string" ? jsonOf(text) : undefined;
  return isProblem(body) ? new ApiError(body) : new ConnectionError("The upload was cut off.", error);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
