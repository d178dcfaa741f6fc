import { DomainError } from "@touchstone/contracts";
import { structureOf } from "@touchstone/datasets";

/** No body that a route takes nests deeper than a conversation's parts; twice that is room enough. */
const deepestBody = 32;
/** Members and elements of one body. The largest that a route takes, a long list of ids, has some thousands. */
const mostValues = 20_000;

/**
 * Refuses a body that would be much work though it is few bytes, before any parser walks through it.
 *
 * @throws DomainError invalid_request
 */
export function assertBoundedJson(text: string): void {
  const { depth, values } = structureOf(text, deepestBody);
  if (depth > deepestBody) throw unwieldy(`nests deeper than ${deepestBody} levels`);
  if (values > mostValues) throw unwieldy(`holds more than ${mostValues} values`);
}

const unwieldy = (what: string) => new DomainError("invalid_request", `The body ${what}.`, { path: "body" });
