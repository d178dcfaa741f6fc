import { randomUUID } from "node:crypto";
import { openProductDatabase } from "../harness/product-database.ts";

/** The practice model a second time under a name of its own: two policies without a training that takes minutes. */
export async function secondPolicy(dataDir: string, name: string): Promise<void> {
  const { db, close } = openProductDatabase(dataDir);
  try {
    const model = await db.modelVersion.findFirstOrThrow({ where: { kind: "policy", practice: true } });
    const { id: _id, number: _number, runId: _runId, createdAt: _at, deletedOrigin: _origin, ...same } = model;
    await db.modelVersion.create({
      data: {
        ...same,
        ...{ practice: false, givenName: name, sha256: randomUUID().replaceAll("-", "") },
        ...{ files: same.files ?? [], spec: same.spec ?? {}, metrics: same.metrics ?? {} },
      },
    });
  } finally {
    await close();
  }
}
