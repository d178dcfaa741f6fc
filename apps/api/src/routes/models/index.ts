import { refused, routes } from "@touchstone/contracts";
import { openReportCardQueue } from "@touchstone/jobs";
import {
  changeModel,
  deleteModel,
  findModel,
  getModelLineage,
  listLabelSetJudgements,
  listModels,
  listStandingChoices,
  modelDependants,
  modelFileToSend,
  promoteModel,
  reviewModel,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Environment } from "../../environment.ts";
import { implement, type Sent, sent } from "../implement.ts";
import { sendFile } from "../label-sets/send-file.ts";
import { Room } from "../room.ts";
import { reportCardOf } from "./report-card-of.ts";

/** Cards of a workspace that are written at once: each counts the agreement of a label set. */
const looksAtOnce = 2;
/** Of weights and of what belongs to them: none of it says of itself what it is. */
const bytesAsTheyAre = "application/octet-stream";

/** Models and where they come from, down to single judgements. */
export const modelRoutes: FastifyPluginAsync<{ environment: Environment }> = async (app, { environment }) => {
  const db = app.database;
  const cards = openReportCardQueue(app.redis);
  app.addHook("onClose", () => cards.close().catch(() => undefined));
  const looks = new Room(looksAtOnce, (limit) => refused("tooManyLooks", { limit }));

  implement(app, routes.listModels, ({ query, member }) => listModels(db, member.workspaceId, query));

  implement(app, routes.getModelLineage, ({ params, member }) => getModelLineage(db, member.workspaceId, params.id));

  implement(app, routes.getReportCard, ({ params, member }) =>
    reportCardOf({ db, files: app.files }, cards, { workspaceId: member.workspaceId, modelId: params.id }),
  );
  implement(app, routes.getModelReview, ({ params, query, member }) =>
    reviewModel(db, member.workspaceId, params.id, query.projectId),
  );
  implement(app, routes.promoteModel, async ({ params, body, member }) => {
    await promoteModel(db, member, params.id, body);
    return reviewModel(db, member.workspaceId, params.id, body.projectId);
  });
  implement(app, routes.changeModel, ({ params, body, member }) => changeModel(db, member, params.id, body));
  implement(app, routes.listModelDependants, ({ params, member }) =>
    modelDependants(db, member.workspaceId, params.id),
  );
  implement(app, routes.deleteModel, async ({ params, member }): Promise<undefined> => {
    await deleteModel(db, member, params.id);
    app.deletionAsked();
  });
  implement(app, routes.getModelCard, async ({ params, member, reply }): Promise<Sent> => {
    const text = await looks.within(member.workspaceId, () =>
      app.reading.run("modelCard", { workspaceId: member.workspaceId, id: params.id }),
    );
    const { kind, number } = await findModel(db, member.workspaceId, params.id);
    reply
      .type("text/markdown; charset=utf-8")
      .header("content-disposition", `attachment; filename="${kind === "reward" ? "RM" : "P"}-${number}.md"`)
      .send(text);
    return sent;
  });
  implement(app, routes.getModelFile, async ({ params, member, request, reply }): Promise<Sent> => {
    const { name } = params;
    const ready = await modelFileToSend(db, member.workspaceId, params.id, name);
    const file = { name, mediaType: bytesAsTheyAre, ready, idleMs: environment.exportIdleMs, tell: async () => {} };
    const answered = await sendFile(app.files, file, { request, reply });
    if (answered === null) throw refused("modelFileLost", { name });
    return answered;
  });

  implement(app, routes.getModelStanding, ({ params, query, member }) =>
    app.projectFigures.standing(member.workspaceId, params.id, query),
  );
  implement(app, routes.listStandingChoices, ({ params, member }) =>
    listStandingChoices(db, member.workspaceId, params.id),
  );

  implement(app, routes.listLabelSetJudgements, ({ params, query, member }) =>
    listLabelSetJudgements(db, member.workspaceId, params.id, query),
  );
};
