import { z } from "zod";
import { Id, text } from "../entities/scalars.ts";
import { MediaRef, MediaView } from "../media.ts";
import { longestMediaName, mediaTypeNames, mediaTypes } from "../media-types.ts";
import { builders, everyone, IdParam } from "./params.ts";
import { route } from "./route.ts";

/** What the content is, is told by its bytes; a type that is said has to be the same. Octets say nothing. */
const uploadTypes = [
  ...mediaTypeNames,
  ...mediaTypeNames.flatMap((type): readonly string[] => mediaTypes[type].said),
  "application/octet-stream",
];

/** What rows call the file by: a name without folders. */
const MediaQuery = z.strictObject({
  name: text(longestMediaName, 1).refine((name) => !/[/\\\p{Cc}]/u.test(name), {
    error: "must be a name without folders",
  }),
});

export const mediaRoutes = {
  uploadMedia: route({
    method: "POST",
    path: "/api/projects/:id/media",
    summary: "Upload a picture or a sound, which rows of an import then name; the same bytes twice are one file",
    access: builders,
    params: IdParam,
    query: MediaQuery,
    stream: uploadTypes,
    audit: ["media.uploaded"],
    status: 201,
    response: MediaRef,
    problems: ["not_found", "conflict", "body_too_large", "unsupported_media_type"],
  }),
  listMedia: route({
    method: "GET",
    path: "/api/projects/:id/media",
    summary: "Pictures and sounds of a project, by name",
    access: builders,
    params: IdParam,
    query: z.strictObject({
      /** Of the page before: the name after which this one begins. */
      after: z.string().max(longestMediaName).optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(200),
    }),
    status: 200,
    response: z.object({
      items: z.array(MediaView),
      next: z.string().nullable(),
      /** Of the whole workspace, with what it may take. */
      used: z.number().int(),
      limit: z.number().int(),
    }),
    problems: ["not_found"],
  }),
  getMedia: route({
    method: "GET",
    path: "/api/media/:id",
    summary: "A picture or a sound, whole or the one range that is asked for, for the people of its project",
    access: everyone,
    params: z.strictObject({ id: Id }),
    status: 200,
    produces: "application/octet-stream",
    problems: ["not_found", "range_outside"],
  }),
  deleteMedia: route({
    method: "DELETE",
    path: "/api/media/:id",
    summary: "Delete a picture or a sound that no prompt and no answer shows",
    access: builders,
    params: IdParam,
    audit: ["media.deleted"],
    status: 204,
    problems: ["not_found", "conflict"],
  }),
};
