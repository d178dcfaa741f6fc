import { hash } from "@node-rs/argon2";
import { DomainError } from "@touchstone/contracts";
import { resetLogin } from "@touchstone/persistence";
import { StackError } from "@touchstone/stack";
import { easyPassword } from "../start/easy-password.ts";
import { withInstallation } from "./installation.ts";

/** @throws StackError for an address that nobody signs in with. */
export async function reset(email: string): Promise<void> {
  const password = easyPassword();
  const passwordHash = await hash(password);
  const workspaces = await withInstallation((db) => resetLogin(db, email, passwordHash)).catch(explain);
  process.stdout.write(
    `${email} signs in with ${password} from now on, in ${workspaces.join(", ")}. Sessions and API tokens have ended.\n`,
  );
}

function explain(error: unknown): never {
  throw error instanceof DomainError ? new StackError(error.message) : error;
}
