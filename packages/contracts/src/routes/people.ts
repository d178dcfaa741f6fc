import { z } from "zod";
import * as people from "../entities/people.ts";
import { PageQuery, page } from "../entities/scalars.ts";
import { admins, everyone, IdParam, TokenParam } from "./params.ts";
import { route } from "./route.ts";

export const peopleRoutes = {
  signIn: route({
    method: "POST",
    path: "/api/session",
    summary: "Sign in",
    access: "public",
    body: people.SignIn,
    status: 200,
    response: people.SessionView,
    problems: ["wrong_credentials", "too_many_requests"],
  }),
  getSession: route({
    method: "GET",
    path: "/api/session",
    summary: "Who is signed in",
    access: everyone,
    status: 200,
    response: people.SessionView,
  }),
  signOut: route({ method: "DELETE", path: "/api/session", summary: "Sign out", access: everyone, status: 204 }),
  listMembers: route({
    method: "GET",
    path: "/api/members",
    summary: "Members of the workspace",
    access: admins,
    // An import may bring thousands of annotators; the people who can sign in should not be lost among them.
    query: PageQuery.extend({ kind: people.MemberKind.optional() }),
    status: 200,
    response: page(people.Member),
  }),
  changeMember: route({
    method: "PATCH",
    path: "/api/members/:id",
    summary: "Change a member's role or disable them",
    access: admins,
    params: IdParam,
    body: people.MemberChange,
    status: 200,
    response: people.Member,
    problems: ["not_found", "conflict"],
  }),
  listLinks: route({
    method: "GET",
    path: "/api/links",
    summary: "Invitations, resets and open join links",
    access: admins,
    status: 200,
    response: z.object({ items: z.array(people.LinkView) }),
  }),
  createLink: route({
    method: "POST",
    path: "/api/links",
    summary: "Make an invitation, a password reset or an open join link",
    access: admins,
    body: people.LinkDraft,
    status: 201,
    response: people.LinkCreated,
    problems: ["not_found"],
  }),
  revokeLink: route({
    method: "DELETE",
    path: "/api/links/:id",
    summary: "Revoke a link",
    access: admins,
    params: IdParam,
    status: 204,
    problems: ["not_found"],
  }),
  getJoin: route({
    method: "GET",
    path: "/api/join/:token",
    summary: "What a link offers",
    access: "public",
    params: TokenParam,
    status: 200,
    response: people.JoinView,
    problems: ["not_found", "link_used_up"],
  }),
  join: route({
    method: "POST",
    path: "/api/join/:token",
    summary: "Join or set a new password; signs in",
    access: "public",
    params: TokenParam,
    body: people.Join,
    status: 201,
    response: people.SessionView,
    problems: ["not_found", "link_used_up", "conflict", "invalid_value"],
  }),
  listApiTokens: route({
    method: "GET",
    path: "/api/tokens",
    summary: "Your API tokens",
    access: everyone,
    status: 200,
    response: z.object({ items: z.array(people.ApiTokenView) }),
  }),
  createApiToken: route({
    method: "POST",
    path: "/api/tokens",
    summary: "Make an API token; shown once",
    access: everyone,
    body: people.ApiTokenDraft,
    status: 201,
    response: people.ApiTokenCreated,
    problems: ["forbidden"],
  }),
  revokeApiToken: route({
    method: "DELETE",
    path: "/api/tokens/:id",
    summary: "Revoke an API token",
    access: everyone,
    params: IdParam,
    status: 204,
    problems: ["not_found"],
  }),
  listAuditEvents: route({
    method: "GET",
    path: "/api/audit",
    summary: "Audit log",
    access: admins,
    // Audit events are numbered, since their order is the point.
    query: PageQuery.extend({
      cursor: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
    }),
    status: 200,
    response: page(people.AuditEventView),
  }),
};
