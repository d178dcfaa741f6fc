import type { z } from "zod";
import type { AuditAction, Role } from "../entities/people.ts";
import type { ProblemCode } from "../problem-kinds.ts";
import type { ProjectSource } from "./project-source.ts";

/** What a request of an annotator's can store once. */
export type Repeatable = "judgement" | "undo" | "skip" | "undoSkip" | "correction";

/**
 * One endpoint. From this the API takes validation, serialisation and authorisation, the OpenAPI document its
 * paths, and the client its types. `access` names who may call; there is no default, so nothing is open by accident.
 */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below /api; what speaks the language of others lies where they look for it, below /v1. */
  readonly path: `/api/${string}` | `/v1/${string}`;
  readonly summary: string;
  /** `public` needs no session; otherwise the roles that may call. */
  readonly access: "public" | readonly Role[];
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Where a request names its project, if the path does not say it; see `projectSourceOf`. */
  readonly project?: ProjectSource;
  /**
   * Every route that writes into a project is refused while the project is archived. `allowed`: it only ends what is
   * under way or given out. `restores`: it passes with a body that says another state. `refused`: it only reads, but
   * what it offers would be refused. `told`: the statement that writes refuses it itself, at no further cost.
   */
  readonly whenArchived?: "allowed" | "restores" | "refused" | "told";
  /**
   * What the request stores once, however often it comes. A repetition is answered as it was at first, also in a project
   * that has been archived since: whoever did not hear the first answer would else take what is stored for lost.
   */
  readonly repeats?: Repeatable;
  /** A body that is streamed and not JSON: its accepted content types. */
  readonly stream?: readonly string[];
  /**
   * A WebSocket: opened by who has a session or token, or by the one-use ticket in its query, and never by a page of
   * another site. After it, messages are SocketRequest and SocketEvent.
   */
  readonly socket?: true;
  /** May end a session, a token or a role: sockets that were opened by it end with it. */
  readonly endsAccess?: true;
  readonly status: 101 | 200 | 201 | 202 | 204;
  /** Absent with 204 and with streamed downloads. */
  readonly response?: z.ZodType;
  /** Content type of a streamed download. */
  readonly produces?: string;
  /** Other content types that the same download may have, as its query asks. */
  readonly alsoProduces?: readonly string[];
  /**
   * What the audit log has of it, in the transaction of the act itself; `none` says why there is nothing. Every route that
   * writes says one or the other.
   */
  readonly audit?: readonly AuditAction[] | { readonly none: string };
  /** Codes beyond those any route can answer with (invalid_request, unauthenticated, forbidden, …). */
  readonly problems?: readonly ProblemCode[];
}

export function route<const R extends Route>(definition: R): R {
  return definition;
}
