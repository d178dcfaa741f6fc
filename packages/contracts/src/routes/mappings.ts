import { z } from "zod";
import { SavedMappingChange, SavedMappingDraft, SavedMappingView } from "../entities/saved-mappings.ts";
import { builders, IdParam } from "./params.ts";
import { route } from "./route.ts";

export const mappingRoutes = {
  listMappings: route({
    method: "GET",
    path: "/api/projects/:id/mappings",
    summary: "Saved mappings of a project: how files with certain columns are read, newest first",
    access: builders,
    params: IdParam,
    status: 200,
    response: z.object({ items: z.array(SavedMappingView) }),
    problems: ["not_found"],
  }),
  saveMapping: route({
    method: "POST",
    path: "/api/projects/:id/mappings",
    summary: "Save a mapping under a name; a file with exactly its columns is then read so by itself",
    access: builders,
    params: IdParam,
    body: SavedMappingDraft,
    audit: ["mapping.saved"],
    status: 201,
    response: SavedMappingView,
    problems: ["not_found", "conflict", "invalid_mapping"],
  }),
  changeMapping: route({
    method: "PATCH",
    path: "/api/mappings/:id",
    summary: "Give a saved mapping another name or another reading",
    access: builders,
    params: IdParam,
    body: SavedMappingChange,
    audit: ["mapping.changed"],
    status: 200,
    response: SavedMappingView,
    problems: ["not_found", "conflict", "invalid_mapping"],
  }),
  deleteMapping: route({
    method: "DELETE",
    path: "/api/mappings/:id",
    summary: "Delete a saved mapping; imports that it read stay as they are",
    access: builders,
    params: IdParam,
    audit: ["mapping.deleted"],
    status: 204,
    problems: ["not_found"],
  }),
};
