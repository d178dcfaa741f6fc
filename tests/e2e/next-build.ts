import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";

const built = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../apps/web/.next/${file}`, import.meta.url)), "utf8");

/** What differs between two builds of the same pages: each name of this build, and what it is in the next one. */
function renamed(): readonly (readonly [here: string, there: string])[] {
  const { config } = JSON.parse(built("required-server-files.json"));
  const [build, mark] = [built("BUILD_ID").trim(), String(config.env.PAGES_BUILD)];
  const other = (name: string) => name.replace(/[a-z0-9]$/i, (last) => (last === "7" ? "8" : "7"));
  return [
    ["static/chunks/", "static/chunks/next-"],
    ["static/service-worker/", "static/service-worker/next-"],
    [build, other(build)],
    [mark, other(mark)],
  ];
}

/** The product behind an address of its own, where it can be updated. */
export interface UpdatedProduct {
  readonly url: string;
  /** From now on the pages of the next build are there, and no file of the present one. */
  update(): void;
  /** Whether what people send is lost on its way, while pages can be had. */
  loseAnswers(is: boolean): void;
  close(): Promise<void>;
}

/**
 * Stands before the product and gives out its pages, files and worker under other names once it is updated, as another
 * build of them has: hashed names, the build's own mark, and the worker's script. Everything else goes through as it is.
 */
export async function serveWithUpdate(target: string): Promise<UpdatedProduct> {
  const { hostname, port } = new URL(target);
  const names = renamed();
  let updated = false;
  let lost = false;

  function answer(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const path = incoming.url ?? "/";
    const [asked, exists] = updated ? ofNextBuild(path, names) : [path, !path.includes("/next-")];
    if (lost && incoming.method === "POST" && path.startsWith("/api/judgements")) {
      incoming.socket.destroy();
      return;
    }
    if (!exists) {
      outgoing.writeHead(404, { "content-type": "text/plain" }).end("No such file in this build.");
      return;
    }
    const headers = { ...incoming.headers, "accept-encoding": "identity" };
    const sent = request({ hostname, port, path: asked, method: incoming.method, headers }, (received) => {
      const type = received.headers["content-type"] ?? "";
      const rewrites = updated && !path.startsWith("/api/") && /html|javascript|css|x-component/.test(type);
      if (!rewrites) {
        outgoing.writeHead(received.statusCode ?? 502, received.headers);
        received.pipe(outgoing);
        return;
      }
      const parts: Buffer[] = [];
      received.on("data", (part: Buffer) => parts.push(part));
      received.on("end", () => {
        const { "content-length": _length, etag: _etag, ...kept } = received.headers;
        const text = names.reduce((page, [here, there]) => page.replaceAll(here, there), String(Buffer.concat(parts)));
        outgoing.writeHead(received.statusCode ?? 502, kept).end(text);
      });
    });
    sent.on("error", () => outgoing.destroy());
    incoming.pipe(sent);
  }

  const server = createServer(answer);
  // The live socket is handed through, byte by byte.
  server.on("upgrade", (incoming, socket, head) => {
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let at = 0; at < incoming.rawHeaders.length; at += 2)
      lines.push(`${incoming.rawHeaders[at]}: ${incoming.rawHeaders[at + 1]}`);
    const through = connect(Number(port), hostname, () => {
      through.write(`${lines.join("\r\n")}\r\n\r\n`);
      through.write(head);
      through.pipe(socket).pipe(through);
    });
    through.on("error", () => socket.destroy());
    socket.on("error", () => through.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const at = server.address();
  if (at === null || typeof at === "string") throw new Error("The server has no port.");
  return {
    url: `http://localhost:${at.port}`,
    update: () => {
      updated = true;
    },
    loseAnswers: (is) => {
      lost = is;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What the next build calls this is here under its present name; files of the present build are gone. */
function ofNextBuild(path: string, names: ReturnType<typeof renamed>): readonly [path: string, exists: boolean] {
  const found = names.find(([here, there]) => path.includes(here) || path.includes(there));
  if (!found) return [path, true];
  const [here, there] = found;
  return [path.replace(there, here), path.includes(there)];
}
