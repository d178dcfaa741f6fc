import type { IncomingMessage } from "node:http";
import { connect } from "node:net";

/** A page of Next's says something every few seconds. */
const silentMs = 120_000;

/** Passes a page's own socket (Next's, in development) on to where the pages come from, byte by byte. */
export function tunnelUpgrade(request: IncomingMessage, head: Buffer, webUrl: string): void {
  const { socket } = request;
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
  for (const side of [upstream, socket]) {
    side.on("error", endBoth).on("close", endBoth);
    side.setTimeout(silentMs, endBoth);
  }
}

const requestLine = ({ method, url }: IncomingMessage) => `${method} ${url} HTTP/1.1`;

function headerLines({ rawHeaders }: IncomingMessage): string[] {
  const lines: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return lines;
}
