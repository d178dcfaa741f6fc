import { createHmac } from "node:crypto";
import { recordRefusedSignIn } from "@touchstone/persistence";
import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";
import { clientAddress } from "./client-address.ts";

declare module "fastify" {
  interface FastifyRequest {
    /**
     * Says that a password did not fit: in the log for any address, known by its keyed hash alone, and in the audit of
     * the workspaces whose login it is.
     */
    noteRefusedSignIn(email: string, login: { readonly userId: string } | null): void;
  }
}

/** Wrong passwords leave a trace, which takes no time of the answer: how long that is must not tell who has an account. */
export const refusedSignIns = fp<{ environment: Environment }>(
  async (app, { environment }) => {
    const writing = new Set<Promise<void>>();

    app.decorateRequest("noteRefusedSignIn", function (this: FastifyRequest, email, login) {
      const address = clientAddress(this);
      const hash = createHmac("sha256", environment.secret).update(email.trim().toLowerCase()).digest("base64url");
      this.log.warn({ address, emailHash: hash, known: login !== null }, "a sign-in was refused");
      if (!login) return;
      const written = recordRefusedSignIn(app.database, login.userId, address)
        .catch((error: unknown) => this.log.warn({ err: error }, "a refused sign-in was not recorded"))
        .finally(() => writing.delete(written));
      writing.add(written);
    });
    app.addHook("onClose", async () => void (await Promise.all(writing)));
  },
  { name: "refused-sign-ins", dependencies: ["database"] },
);
