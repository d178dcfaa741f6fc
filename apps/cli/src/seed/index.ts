import { hash } from "@node-rs/argon2";
import { createWorkspaceWithAdmin, type Database, openDatabase } from "@touchstone/persistence";
import { seedDemoProject } from "./demo-project.ts";
import { installPracticeModel } from "./practice-model.ts";
import { seedPracticeProject } from "./practice-project.ts";

export interface SeedOptions {
  adminEmail: string;
  adminPassword: string;
  /** Absolute; where models keep their files. */
  filesDir: string;
}

export interface Seeded {
  adminEmail: string;
  /** Only where this call has made the admin. */
  adminPassword?: string;
}

async function firstAdmin(db: Database): Promise<{ email: string; workspaceId: string; id: string } | null> {
  const member = await db.member.findFirst({
    where: { role: "admin", kind: "person" },
    orderBy: { id: "asc" },
    include: { user: true },
  });
  return member?.user ? { email: member.user.email, workspaceId: member.workspaceId, id: member.id } : null;
}

/**
 * Makes sure that there is an admin, something to rank and a model to improve. Each part is made once and never
 * touched again, so a start that was killed half way goes on where it was, and what people changed stays.
 */
export async function seed(databaseUrl: string, options: SeedOptions): Promise<Seeded> {
  const database = openDatabase(databaseUrl, { connections: 4 });
  const { db } = database;
  try {
    const known = await firstAdmin(db);
    if (!known) {
      await createWorkspaceWithAdmin(db, {
        workspaceName: "Touchstone",
        adminName: "Admin",
        adminEmail: options.adminEmail,
        passwordHash: await hash(options.adminPassword),
      });
    }
    const admin = await firstAdmin(db);
    if (!admin) throw new Error("The first admin could not be made.");
    const by = { workspaceId: admin.workspaceId, id: admin.id };
    await seedDemoProject(db, by);
    const policyId = await installPracticeModel(db, admin.workspaceId, options.filesDir);
    await seedPracticeProject(db, by, policyId);
    return { adminEmail: admin.email, ...(known ? {} : { adminPassword: options.adminPassword }) };
  } finally {
    await database.close();
  }
}
