import { z } from "zod";
import {
  ErasureDraft,
  ErasureView,
  PersonDependants,
  Retention,
  RetentionQuery,
  RetentionView,
} from "../entities/erasures.ts";
import { admins, IdParam } from "./params.ts";
import { route } from "./route.ts";

/** Erasing a person, and how long projects keep what is of people. */
export const erasingRoutes = {
  listErasures: route({
    method: "GET",
    path: "/api/erasures",
    summary: "Who and what is being erased, and how far that is; of the last day also what is done. It names nobody",
    access: admins,
    status: 200,
    response: z.object({ items: z.array(ErasureView) }),
  }),
  listPersonDependants: route({
    method: "GET",
    path: "/api/members/:id/dependants",
    summary: "All that depends on a person, by name and number, before they are erased",
    access: admins,
    params: IdParam,
    status: 200,
    response: PersonDependants,
    problems: ["not_found", "conflict"],
  }),
  eraseMember: route({
    method: "POST",
    path: "/api/members/:id/erasure",
    summary: "Erase a person for good: who they are alone, or their judgements and texts too",
    access: admins,
    endsAccess: true,
    params: IdParam,
    body: ErasureDraft,
    audit: ["member.erased"],
    status: 202,
    response: ErasureView,
    problems: ["not_found", "conflict"],
  }),
  getRetention: route({
    method: "GET",
    path: "/api/projects/:id/retention",
    summary: "How long a project keeps what is of people, and what these days, or others, would erase now",
    access: admins,
    params: IdParam,
    query: RetentionQuery,
    status: 200,
    response: RetentionView,
    problems: ["not_found"],
  }),
  changeRetention: route({
    method: "PUT",
    path: "/api/projects/:id/retention",
    summary: "Say how long a project keeps what is of people; nothing is erased by it before three days have passed",
    access: admins,
    // Of an archived project above all.
    whenArchived: "allowed",
    params: IdParam,
    body: Retention,
    audit: ["retention.changed"],
    status: 200,
    response: RetentionView,
    problems: ["not_found"],
  }),
};
