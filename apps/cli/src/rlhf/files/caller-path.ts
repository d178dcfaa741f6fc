import { resolve } from "node:path";

/** A path as the caller meant it: npm runs scripts at the top of the checkout, and leaves the caller's folder in INIT_CWD. */
export function callerPath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
