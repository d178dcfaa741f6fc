import fp from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** True from the moment the process was told to stop: it finishes what it has and asks for no more. */
    isDraining(): boolean;
    startDraining(): void;
  }
}

export const draining = fp(
  async (app) => {
    let stopping = false;
    app.decorate("isDraining", () => stopping);
    app.decorate("startDraining", () => {
      stopping = true;
    });
  },
  { name: "draining" },
);
