import type { IncomingMessage } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** Refuses an upgrade in the one language that is spoken before it. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Passes a page's own socket (Next's, in development) on to where the pages come from, byte by byte. */
export function tunnelUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, webUrl: string): void {
  const { hostname, port } = new URL(webUrl);
  const upstream = connect(Number(port || 80), hostname, () => {
    upstream.write(`${[requestLine(request), ...headerLines(request)].join("\r\n")}\r\n\r\n`);
    upstream.write(head);
    upstream.pipe(socket).pipe(upstream);
  });
  const endBoth = () => {
    upstream.destroy();
    socket.destroy();
  };
  for (const side of [upstream, socket]) side.on("error", endBoth).on("close", endBoth);
}

const requestLine = ({ method, url }: IncomingMessage) => `${method} ${url} HTTP/1.1`;

function headerLines({ rawHeaders }: IncomingMessage): string[] {
  const lines: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return lines;
}
