import { routes } from "@touchstone/contracts";
import {
  type Annotator,
  answerInquiry,
  ask,
  guidelineToRead,
  listGuidelineReaders,
  listInquiries,
  readGuideline,
  seeInquiries,
  settleRemark,
} from "@touchstone/persistence";
import type { FastifyPluginAsync } from "fastify";
import type { Principal } from "../../plugins/principal.ts";
import { implement } from "../implement.ts";

const annotator = ({ workspaceId, id }: Principal): Annotator => ({ workspaceId, memberId: id });

/** What people read before they judge, and what they ask; and the staff's side of both. */
export const guidanceRoutes: FastifyPluginAsync = async (app) => {
  const db = app.database;

  implement(app, routes.getGuidelineToRead, async ({ params, member, request }) => {
    const texts = await app.readerTexts.of(request, params.id);
    return guidelineToRead(db, annotator(member), params.id, texts?.language ?? null);
  });
  implement(app, routes.readGuideline, async ({ params, body, member }) => {
    await readGuideline(db, annotator(member), params.id, body.version);
    return undefined;
  });
  implement(app, routes.listGuidelineReaders, ({ params, member }) =>
    listGuidelineReaders(db, member.workspaceId, params.id),
  );

  implement(app, routes.listInquiries, ({ params, member }) => listInquiries(db, annotator(member), params.id));
  implement(app, routes.ask, ({ params, body, member }) => ask(db, annotator(member), params.id, body));
  implement(app, routes.seeInquiries, async ({ params, body, member }) => {
    await seeInquiries(db, annotator(member), params.id, body.upTo);
    return undefined;
  });
  implement(app, routes.answerInquiry, async ({ params, body, member }) => {
    const { id: projectId, inquiryId } = params;
    await answerInquiry(db, member, { projectId, inquiryId }, body);
    return undefined;
  });
  implement(app, routes.settleRemark, async ({ params, body, member }) => {
    const { id: projectId, remarkId } = params;
    await settleRemark(db, member, { projectId, remarkId }, body.done);
    return undefined;
  });
};
