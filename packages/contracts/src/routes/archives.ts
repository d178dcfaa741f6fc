import { z } from "zod";
import { ArchiveView, BroughtArchive, BroughtArchiveQuery, UploadedArchive } from "../entities/archives.ts";
import { SpooledFileView, SpoolView } from "../entities/spool.ts";
import { admins, IdParam } from "./params.ts";
import { route } from "./route.ts";

/** A whole project as one file, and projects made of such files: docs/archives.md. */
export const archiveRoutes = {
  getArchive: route({
    method: "GET",
    path: "/api/projects/:id/archive",
    summary: "The copy of the whole project that was asked for last, and how far it is; null where there is none",
    access: admins,
    params: IdParam,
    status: 200,
    response: z.object({ archive: ArchiveView.nullable() }),
    problems: ["not_found"],
  }),
  makeArchive: route({
    method: "POST",
    path: "/api/projects/:id/archive",
    summary:
      "Have a copy of the whole project written as one file; it takes the place of the one before, and one under way goes on",
    access: admins,
    params: IdParam,
    // It only reads; an archived project is copied like any other.
    whenArchived: "allowed",
    audit: ["archive.asked"],
    status: 202,
    response: ArchiveView,
    problems: ["not_found", "conflict"],
  }),
  getArchiveFile: route({
    method: "GET",
    path: "/api/projects/:id/archive/file",
    summary:
      "The copy of the whole project, whole or the one range that is asked for, with its SHA-256 as ETag; until it is written a refusal that says how far it is",
    access: admins,
    params: IdParam,
    audit: ["archive.taken"],
    status: 200,
    produces: "application/zip",
    problems: ["not_found", "conflict", "range_outside"],
  }),
  deleteArchive: route({
    method: "DELETE",
    path: "/api/projects/:id/archive",
    summary: "Delete the copy of the whole project, or stop writing it; the project stays",
    access: admins,
    params: IdParam,
    whenArchived: "allowed",
    audit: ["archive.deleted"],
    status: 204,
    problems: ["not_found"],
  }),
  bringArchive: route({
    method: "POST",
    path: "/api/archives",
    summary:
      "Bring a copy of a whole project in one request, which is sent again where it breaks off; createArchiveUpload takes it in pieces",
    access: admins,
    query: BroughtArchiveQuery,
    stream: ["application/zip", "application/x-zip-compressed", "application/octet-stream"],
    audit: ["archive.brought"],
    status: 202,
    response: BroughtArchive,
    problems: ["body_too_large", "unsupported_media_type", "invalid_value"],
  }),
  listArchiveUploads: route({
    method: "GET",
    path: "/api/archives/uploads",
    summary: "Copies of whole projects that were uploaded and wait, and what room there is for more",
    access: admins,
    status: 200,
    response: SpoolView,
  }),
  createArchiveUpload: route({
    method: "POST",
    path: "/api/archives/uploads",
    summary:
      "Begin an upload of a copy of a whole project that can be resumed (tus, as createUpload; it goes on at /api/spool/:id)",
    access: admins,
    audit: { none: "a file that waits is no project yet; what is made of it is written down" },
    status: 201,
    response: SpooledFileView,
    problems: ["body_too_large", "version_unsupported"],
  }),
  bringUploadedArchive: route({
    method: "POST",
    path: "/api/archives/uploaded",
    summary:
      "Have a project made of an upload that is there whole: a worker looks through all of it, then makes the project with all ids kept",
    access: admins,
    body: UploadedArchive,
    audit: ["archive.brought"],
    status: 202,
    response: BroughtArchive,
    problems: ["not_found", "conflict"],
  }),
  cancelBroughtArchive: route({
    method: "DELETE",
    path: "/api/archives/:id",
    summary: "Stop an archive that a project is being made of; nothing of it stays",
    access: admins,
    params: IdParam,
    audit: ["archive.cancelled"],
    status: 200,
    response: BroughtArchive,
    problems: ["not_found", "conflict"],
  }),
  listBroughtArchives: route({
    method: "GET",
    path: "/api/archives",
    summary: "Archives that were brought, newest first: those under way, and the last twenty that ended",
    access: admins,
    status: 200,
    response: z.object({ items: z.array(BroughtArchive) }),
  }),
  getBroughtArchive: route({
    method: "GET",
    path: "/api/archives/:id",
    summary: "An archive that was brought: how far it is, and what became of it",
    access: admins,
    params: IdParam,
    status: 200,
    response: BroughtArchive,
    problems: ["not_found"],
  }),
};
