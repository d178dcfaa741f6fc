import { LeaveOutDraft, LeaveOutTold, LeftOutAct, PutBackDraft, PutBackTold } from "../entities/left-out.ts";
import { LeftOutCounts } from "../entities/left-out-mark.ts";
import { PageQuery, page } from "../entities/scalars.ts";
import { builders, IdParam, staff } from "./params.ts";
import { route } from "./route.ts";

/** What does not count though people said it, reversibly. */
export const leavingOutRoutes = {
  listLeftOut: route({
    method: "GET",
    path: "/api/projects/:id/left-out",
    summary: "What is left out of exports, figures and training, by the command that left it out, newest first",
    access: staff,
    params: IdParam,
    query: PageQuery,
    status: 200,
    response: page(LeftOutAct).extend({ counts: LeftOutCounts }),
    problems: ["not_found"],
  }),
  leaveOut: route({
    method: "POST",
    path: "/api/projects/:id/left-out",
    summary: "Leave out a person's work, items or a judgement, or say how many judgements that would be",
    access: builders,
    params: IdParam,
    body: LeaveOutDraft,
    audit: ["leftOut.added"],
    status: 200,
    response: LeaveOutTold,
    problems: ["not_found", "conflict"],
  }),
  putBack: route({
    method: "POST",
    path: "/api/projects/:id/left-out/put-back",
    summary: "Put back what was left out, or say how many judgements would count again",
    access: builders,
    params: IdParam,
    body: PutBackDraft,
    audit: ["leftOut.putBack"],
    status: 200,
    response: PutBackTold,
    problems: ["not_found"],
  }),
};
