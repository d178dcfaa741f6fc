import fp from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** Downloads that this process is sending, by project: what they read is not deleted meanwhile. */
    exportsUnderWay: ExportsUnderWay;
  }
}

/** In memory, for a download ends with its process. One of another process is broken off at its end rather than cut short. */
class ExportsUnderWay {
  readonly #counts = new Map<string, number>();

  /** @returns how to leave; leaving twice is leaving once. */
  enter(projectId: string): () => void {
    this.#counts.set(projectId, this.count(projectId) + 1);
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const left = this.count(projectId) - 1;
      if (left > 0) this.#counts.set(projectId, left);
      else this.#counts.delete(projectId);
    };
  }

  count(projectId: string): number {
    return this.#counts.get(projectId) ?? 0;
  }
}

export const exportsUnderWay = fp(
  async (app) => {
    app.decorate("exportsUnderWay", new ExportsUnderWay());
  },
  { name: "exports-under-way" },
);
