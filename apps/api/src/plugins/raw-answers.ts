import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { DomainError, problems } from "@touchstone/contracts";
import { problemOf } from "./problem-of.ts";

/** Says a problem where there is no response to say it with, and closes. */
export function answerRaw(socket: Socket, error: DomainError): void {
  const { status } = problems[error.code];
  const body = JSON.stringify(problemOf(error, randomUUID()));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/problem+json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  if (socket.writable) socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  socket.destroySoon();
}

/** What the parser of HTTP refuses, before there is a request. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  answerRaw(socket, refusalOf(error.code));
}

function refusalOf(code: string | undefined): DomainError {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new DomainError("request_timeout", "The headers took too long.");
  if (code === "HPE_HEADER_OVERFLOW") {
    return new DomainError("headers_too_large", "Address and headers may have at most 16 KiB together.");
  }
  return new DomainError("invalid_request", "This is not HTTP as RFC 9112 has it.");
}
