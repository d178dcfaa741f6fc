import { isIP } from "node:net";
import { hostname } from "node:os";
import { DomainError } from "@touchstone/contracts";
import fp from "fastify-plugin";
import type { Environment } from "../environment.ts";

/** Endings that no registry gives to anybody. */
const localEndings = [".localhost", ".local", ".internal", ".home.arpa", ".test"];

/**
 * Answers only under names that are ours. A page of another site can let its own name lead to this machine (DNS rebinding),
 * and would then be of one origin with it; it can't do so with an address, a name without a dot, or one that is local by
 * its ending. Any other is one of the settings.
 */
export const hostCheck = fp<{ environment: Pick<Environment, "hosts"> }>(
  async (app, { environment }) => {
    const listed = new Set([...environment.hosts, hostname().toLowerCase()]);
    app.addHook("onRequest", async (request) => {
      const name = nameIn(request.host);
      if (listed.has(name) || isNobodysName(name)) return;
      throw new DomainError(
        "unknown_host",
        `This installation is not known as ${name}: name it in TOUCHSTONE_HOSTS, or its address in TOUCHSTONE_PUBLIC_URL.`,
      );
    });
  },
  { name: "host-check" },
);

/** Without the port, and without the dot at the end that means the same. */
const nameIn = (host: string): string =>
  (/^\[([^\]]*)\]/.exec(host)?.[1] ?? host.replace(/:\d*$/, "")).toLowerCase().replace(/\.$/, "");

const isNobodysName = (name: string): boolean =>
  isIP(name) !== 0 || !name.includes(".") || localEndings.some((ending) => name.endsWith(ending));
