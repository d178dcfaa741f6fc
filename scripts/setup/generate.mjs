import { quietly } from "./command.mjs";
import { tool } from "./paths.mjs";
import { step } from "./progress.mjs";
import { unlessUnchanged } from "./stamp.mjs";

/** Writes the Prisma client from the schema. */
export async function generate() {
  const inputs = ["prisma/schema.prisma", "prisma.config.ts", "pnpm-lock.yaml"];
  await unlessUnchanged({ name: "generate", inputs, output: "packages/persistence/src/generated" }, () =>
    step("Generating the database client", () =>
      quietly(tool("prisma"), ["generate"], {
        // Generating needs no schema engine, yet Prisma would download one unless it is shown some executable.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      }),
    ),
  );
}
