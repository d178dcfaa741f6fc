/** Codes by which Postgres, its driver, Prisma and the network say that there is no database to talk to right now. */
const away = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH"],
  // Connection exceptions, and a server that shuts down, has crashed, starts up or is full.
  ...["08000", "08001", "08003", "08004", "08006", "57P01", "57P02", "57P03", "53300"],
  ...["P1001", "P1002", "P1008", "P1017", "P2024", "P2037"],
  ...["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections"],
]);
/** pg and its pool give these errors no code. */
const awayMessage =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Unable to start a transaction/i;
/** By which Postgres and the file system say that there is no room left. */
const full = new Set(["53100", "ENOSPC", "EDQUOT"]);
/** NUL in text, and an escape in JSON that Postgres cannot store. */
const unstorable = new Set(["22021", "22P05"]);

/** Whether the database could not be reached: worth another try, and no fault of the caller's. */
export function isDatabaseAway(error: unknown): boolean {
  return chain(error).some((link) => codes(link).some((code) => away.has(code)) || awayMessage.test(messageOf(link)));
}

/** Whether there was no room to write: of the change nothing was kept, and it may be tried again once there is. */
export function isStorageFull(error: unknown): boolean {
  return chain(error).some((link) => codes(link).some((code) => full.has(code)));
}

/** Whether Postgres refused a text that it cannot store (NUL, lone surrogate). */
export function isUnstorableText(error: unknown): boolean {
  return chain(error).some((link) => codes(link).some((code) => unstorable.has(code)));
}

/** Whether a unique key refused the row: somebody else was first. */
export function isUniqueViolation(error: unknown): boolean {
  return chain(error).some((link) => codes(link).some((code) => code === "P2002" || code === "23505"));
}

/** Whether the transaction gave way to others (a ring of waits, a failed serialisation): it may simply be run again. */
export function isContention(error: unknown): boolean {
  return chain(error).some((link) =>
    codes(link).some((code) => code === "P2034" || code === "40P01" || code === "40001"),
  );
}

/** Whether a row that was not to be waited for is held by somebody else. */
export function isLockTaken(error: unknown): boolean {
  return chain(error).some((link) => codes(link).some((code) => code === "55P03"));
}

/** Whether a statement took longer, or waited longer for a lock, than its connection allows. */
export function isTimedOut(error: unknown): boolean {
  return chain(error).some((link) => codes(link).some((code) => code === "57014" || code === "55P03"));
}

/** Whether a foreign key refused: a row was added that names one of those that go. */
export function isReferenced(error: unknown): boolean {
  return chain(error).some((link) => codes(link).some((code) => code === "23503" || code === "P2003"));
}

/** An error and what caused it; Prisma wraps the adapter's error, which wraps the driver's. */
function chain(error: unknown): object[] {
  const links: object[] = [];
  for (let link: unknown = error; typeof link === "object" && link !== null && links.length < 8; ) {
    links.push(link);
    const meta = "meta" in link && typeof link.meta === "object" ? link.meta : null;
    const adapter = meta && "driverAdapterError" in meta ? meta.driverAdapterError : undefined;
    link = "cause" in link && link.cause ? link.cause : adapter;
  }
  return links;
}

function codes(link: object): string[] {
  const values = ["code", "originalCode", "kind", "errorCode"].map((key) => Reflect.get(link, key));
  return values.filter((value) => typeof value === "string");
}

const messageOf = (link: object) => ("message" in link && typeof link.message === "string" ? link.message : "");
