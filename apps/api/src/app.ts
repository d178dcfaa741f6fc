import type { FastifyInstance } from "fastify";
import fp from "fastify-plugin";
import type { Environment } from "./environment.ts";
import { accessChanges } from "./plugins/access-changes.ts";
import { attempts } from "./plugins/attempts.ts";
import { bodyParsing } from "./plugins/body-parsing.ts";
import { contractVersions } from "./plugins/contract-version.ts";
import { sessionCookie } from "./plugins/cookies.ts";
import { database } from "./plugins/database.ts";
import { deletions } from "./plugins/deletions.ts";
import { devices } from "./plugins/devices.ts";
import { downloads } from "./plugins/downloads.ts";
import { draining } from "./plugins/draining.ts";
import { erasures } from "./plugins/erasures.ts";
import { exportsUnderWay } from "./plugins/exports-under-way.ts";
import { fileStore } from "./plugins/file-store.ts";
import { hostCheck } from "./plugins/host-check.ts";
import { importJobs } from "./plugins/import-jobs.ts";
import { leaseExpiry } from "./plugins/lease-expiry.ts";
import { loopWatch } from "./plugins/loop-watch.ts";
import { metrics } from "./plugins/metrics.ts";
import { originCheck } from "./plugins/origin-check.ts";
import { outgoing } from "./plugins/outgoing.ts";
import { problemAnswers } from "./plugins/problems.ts";
import { projectFigures } from "./plugins/project-figures.ts";
import { generalRateLimit } from "./plugins/rate-limit.ts";
import { readerTexts } from "./plugins/reader-texts.ts";
import { redis } from "./plugins/redis.ts";
import { refusedSignIns } from "./plugins/refused-sign-ins.ts";
import { requestLog } from "./plugins/request-log.ts";
import { securityHeaders } from "./plugins/security-headers.ts";
import { sessions } from "./plugins/sessions.ts";
import { slowBodies } from "./plugins/slow-bodies.ts";
import { slowReaders } from "./plugins/slow-readers.ts";
import { spool } from "./plugins/spool.ts";
import { threads } from "./plugins/threads.ts";
import { webProxy } from "./plugins/web-proxy.ts";
import { accountRoutes } from "./routes/account/index.ts";
import { archiveRoutes } from "./routes/archives/index.ts";
import { auditRoutes } from "./routes/audit/index.ts";
import { browseRoutes } from "./routes/browse/index.ts";
import { deletionRoutes } from "./routes/deletions/index.ts";
import { endpointRoutes } from "./routes/endpoints/index.ts";
import { erasureRoutes } from "./routes/erasures/index.ts";
import { evaluationRoutes } from "./routes/evaluations/index.ts";
import { exportRoutes } from "./routes/exports/index.ts";
import { guidanceRoutes } from "./routes/guidance/index.ts";
import { importRoutes } from "./routes/imports/index.ts";
import { mappingRoutes } from "./routes/imports/mappings.ts";
import { joinRoutes } from "./routes/join/index.ts";
import { judgementRoutes } from "./routes/judgements/index.ts";
import { labelFitRoutes } from "./routes/label-fit/index.ts";
import { labelSetRoutes } from "./routes/label-sets/index.ts";
import { linkRoutes } from "./routes/links/index.ts";
import { mediaRoutes } from "./routes/media/index.ts";
import { memberRoutes } from "./routes/members/index.ts";
import { modelRoutes } from "./routes/models/index.ts";
import { noticeRoutes } from "./routes/notices/index.ts";
import { buildingRoutes } from "./routes/projects/building.ts";
import { projectRoutes } from "./routes/projects/index.ts";
import { runRoutes } from "./routes/runs/index.ts";
import { scheduleRoutes } from "./routes/schedules/index.ts";
import { serviceRoutes } from "./routes/service/index.ts";
import { sessionRoutes } from "./routes/session/index.ts";
import { socketTicketRoutes } from "./routes/socket-tickets/index.ts";
import { spoolRoutes } from "./routes/spool/index.ts";
import { tokenRoutes } from "./routes/tokens/index.ts";
import { webhookRoutes } from "./routes/webhooks/index.ts";
import { workRoutes } from "./routes/work/index.ts";
import { liveSockets } from "./sockets/live.ts";
import { upgrades } from "./sockets/upgrades.ts";
import { serializerCompiler, validatorCompiler } from "./validation/compilers.ts";

/** The whole service as a plugin: infrastructure first, then the routes of each noun. It never listens. */
export const app = fp(
  async (server, { environment }: { environment: Environment }) => {
    // Hooks run in the order in which they are registered. First what has to see every request, refused ones too:
    await server.register(problemAnswers);
    await server.register(requestLog);
    await server.register(metrics);
    await server.register(loopWatch);
    await server.register(draining);
    await server.register(slowBodies, { environment });
    await server.register(slowReaders, { environment });
    // Then what the checks stand on; each plugin names its dependencies, so a wrong order fails at start.
    await server.register(database, { environment });
    await server.register(threads, { environment });
    await server.register(fileStore, { environment });
    await server.register(outgoing, { environment });
    await server.register(leaseExpiry);
    await server.register(deletions);
    await server.register(erasures);
    await server.register(exportsUnderWay);
    await server.register(spool);
    await server.register(downloads);
    await server.register(importJobs, { environment });
    await server.register(projectFigures);
    await server.register(redis, { environment });
    await server.register(accessChanges);
    // Then the checks, the cheapest first: a flood or a foreign origin costs no look into Postgres.
    await server.register(upgrades, { environment });
    await server.register(hostCheck, { environment });
    await server.register(generalRateLimit, { environment });
    await server.register(originCheck, { environment });
    await server.register(sessionCookie, { environment });
    await server.register(readerTexts);
    await server.register(sessions);
    await server.register(devices, { environment });
    await server.register(attempts, { environment });
    await server.register(refusedSignIns, { environment });
    // Last what answers. The pages take every address that is left over.
    await server.register(api, { environment });
    if (environment.webUrl) await server.register(webProxy, { webUrl: environment.webUrl });
  },
  { name: "touchstone" },
);

/** Everything below /api, encapsulated: proxied pages must meet neither its parsers nor its headers. */
async function api(server: FastifyInstance, { environment }: { environment: Environment }): Promise<void> {
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  await server.register(bodyParsing);
  await server.register(securityHeaders);
  await server.register(contractVersions);

  await server.register(serviceRoutes, { environment });
  await server.register(sessionRoutes);
  await server.register(memberRoutes);
  await server.register(linkRoutes, { environment });
  await server.register(joinRoutes);
  await server.register(accountRoutes);
  await server.register(tokenRoutes);
  await server.register(auditRoutes);
  await server.register(socketTicketRoutes);
  await server.register(liveSockets, { environment });
  await server.register(projectRoutes);
  await server.register(guidanceRoutes);
  await server.register(buildingRoutes, { environment });
  await server.register(noticeRoutes);
  await server.register(workRoutes);
  await server.register(judgementRoutes);
  await server.register(importRoutes, { environment });
  await server.register(mappingRoutes);
  await server.register(spoolRoutes, { environment });
  await server.register(mediaRoutes, { environment });
  await server.register(browseRoutes);
  await server.register(exportRoutes, { environment });
  await server.register(labelSetRoutes, { environment });
  await server.register(archiveRoutes, { environment });
  await server.register(deletionRoutes);
  await server.register(erasureRoutes);
  await server.register(runRoutes);
  await server.register(labelFitRoutes);
  await server.register(modelRoutes, { environment });
  await server.register(evaluationRoutes);
  await server.register(scheduleRoutes);
  await server.register(webhookRoutes);
  await server.register(endpointRoutes, { environment });
}
