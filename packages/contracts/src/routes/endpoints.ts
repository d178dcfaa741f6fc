import { z } from "zod";
import { EndpointChange, EndpointDraft, EndpointTestView, EndpointView, RunAskedView } from "../entities/endpoints.ts";
import { AnswerAsk } from "../serving/playground.ts";
import { admins, builders, IdParam, staff } from "./params.ts";
import { route } from "./route.ts";

/** Addresses whose models answer prompts. */
export const endpointRoutes = {
  listEndpoints: route({
    method: "GET",
    path: "/api/endpoints",
    summary: "Addresses whose models answer prompts; without their keys",
    access: staff,
    status: 200,
    response: z.object({ items: z.array(EndpointView) }),
  }),
  createEndpoint: route({
    method: "POST",
    path: "/api/endpoints",
    summary: "Name an address with an OpenAI-compatible API; its key is kept sealed and never given out",
    access: admins,
    body: EndpointDraft,
    audit: ["endpoint.created"],
    status: 201,
    response: EndpointView,
    problems: ["forbidden", "invalid_value", "conflict"],
  }),
  changeEndpoint: route({
    method: "PATCH",
    path: "/api/endpoints/:id",
    summary: "Change an endpoint; limits, dialect and sampling are replaced whole",
    access: admins,
    params: IdParam,
    body: EndpointChange,
    audit: ["endpoint.changed"],
    status: 200,
    response: EndpointView,
    problems: ["not_found", "forbidden", "invalid_value", "conflict"],
  }),
  deleteEndpoint: route({
    method: "DELETE",
    path: "/api/endpoints/:id",
    summary: "Forget an endpoint and its key; what it answered stays",
    access: admins,
    params: IdParam,
    audit: ["endpoint.deleted"],
    status: 204,
    problems: ["not_found", "conflict"],
  }),
  testEndpoint: route({
    method: "POST",
    path: "/api/endpoints/:id/test",
    summary: "Ask for one short completion now, once, and say what became of it",
    access: admins,
    params: IdParam,
    audit: { none: "it changes nothing but what is spent, which the endpoint says" },
    status: 200,
    response: EndpointTestView,
    problems: ["not_found", "conflict"],
  }),
  streamEndpointAnswer: route({
    method: "POST",
    path: "/api/endpoints/:id/answers",
    summary:
      "An answer of the model behind an endpoint, bit by bit as server-sent events (`AnswerEvent`), up to [DONE]",
    access: builders,
    params: IdParam,
    body: AnswerAsk,
    audit: { none: "it changes nothing but what is spent, which the endpoint says" },
    status: 200,
    produces: "text/event-stream",
    problems: ["not_found", "conflict", "invalid_value"],
  }),
  getRunAsked: route({
    method: "GET",
    path: "/api/runs/:id/asked",
    summary: "What became of all that a run asked of an endpoint",
    access: staff,
    params: IdParam,
    status: 200,
    response: RunAskedView,
    problems: ["not_found"],
  }),
};
