import { Locale } from "@touchstone/contracts";
import { type ReaderTexts, readSpokenProject, type SpokenProject } from "@touchstone/persistence";
import type { FastifyRequest } from "fastify";
import fp from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    readerTexts: {
      /** A project's texts in a language of whoever asks; null where its own are what they read. */
      of(request: FastifyRequest, projectId: string): Promise<ReaderTexts | null>;
      /** They have just been changed here. Other processes see it within seconds. */
      forget(projectId: string): void;
    };
  }
}

/** A judgement must not wait for a look at words that change once a week. */
const keptMs = 10_000;
/** A project may have a few megabytes of words. */
const mostKept = 32;
/** Of what a browser sends: nobody reads more languages, and each is looked for. */
const mostLanguages = 10;

/** The cookie by which a page keeps its reader's choice of language. */
const chosenCookie = "touchstone-locale";

/** The languages that whoever asks reads, the best first: the one they chose on our pages, then those of their browser. */
function readerLanguages(request: Pick<FastifyRequest, "cookies" | "headers">): string[] {
  const chosen = Locale.safeParse(request.cookies[chosenCookie]).data;
  const sent = (request.headers["accept-language"] ?? "")
    .slice(0, 1_000)
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.find((one) => one.trim().startsWith("q="));
      return { tag: tag.trim(), quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ tag, quality }) => tag !== "" && tag !== "*" && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .slice(0, mostLanguages)
    .map(({ tag }) => tag);
  return chosen ? [chosen, ...sent] : sent;
}

/** What is shown to readers of other languages, read once for all who judge. */
export const readerTexts = fp(
  async (app) => {
    const kept = new Map<string, { readonly until: number; readonly project: Promise<SpokenProject> }>();

    function read(projectId: string): Promise<SpokenProject> {
      const known = kept.get(projectId);
      if (known && known.until > performance.now()) return known.project;
      kept.delete(projectId);
      const [oldest] = kept.keys();
      if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest);
      const project = readSpokenProject(app.database, projectId);
      kept.set(projectId, { until: performance.now() + keptMs, project });
      project.catch(() => kept.delete(projectId));
      return project;
    }

    app.decorate("readerTexts", {
      of: async (request: FastifyRequest, projectId: string) => {
        const languages = readerLanguages(request);
        return languages.length === 0 ? null : (await read(projectId)).textsFor(languages);
      },
      forget: (projectId: string) => void kept.delete(projectId),
    });
  },
  { name: "reader-texts", dependencies: ["database", "session-cookie"] },
);
