import { hash } from "@node-rs/argon2";
import { createWorkspaceWithAdmin, findLogin } from "@touchstone/persistence";
import { StackError } from "@touchstone/stack";
import { z } from "zod";
import { easyPassword } from "../start/easy-password.ts";
import { withInstallation } from "./installation.ts";

interface Admin {
  readonly email: string;
  /** The admin's name. */
  readonly admin: string;
}

/** @throws StackError for a name or an address that can't be one. */
export async function makeWorkspace(name: string, { email, admin }: Admin): Promise<void> {
  if (name.trim() === "") throw new StackError("A workspace needs a name.");
  if (!z.email().safeParse(email).success) throw new StackError(`“${email}” is no e-mail address.`);
  const password = easyPassword();
  const passwordHash = await hash(password);
  const known = await withInstallation(async (db) => {
    const login = await findLogin(db, email);
    await createWorkspaceWithAdmin(db, {
      workspaceName: name.trim(),
      adminName: admin,
      adminEmail: email,
      passwordHash,
    });
    return login !== null;
  });
  const how = known ? "with the password they have" : `with ${password}`;
  process.stdout.write(`The workspace “${name.trim()}” is made; ${email} is its admin and signs in ${how}.\n`);
}
