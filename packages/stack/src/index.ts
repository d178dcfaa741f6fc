export { freePort } from "./free-port.ts";
export { type LogFile, openLogFile } from "./log-file.ts";
export { openStack, type Stack, type StackOptions } from "./open-stack.ts";
export { runningPostgresUrl } from "./postgres/running.ts";
export type { ProcessLedger } from "./process-ledger.ts";
export { readOrCreateSecret } from "./secret-file.ts";
export { StackError } from "./stack-error.ts";
export { type SupervisedProcess, type Supervisor, supervise } from "./supervise.ts";
export { temporaryDataFolder } from "./temporary-folder.ts";
