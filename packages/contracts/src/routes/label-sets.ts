import { z } from "zod";
import * as sets from "../entities/label-sets.ts";
import { LabelSetLengthsQuery, RowLengths } from "../entities/row-lengths.ts";
import { PageQuery } from "../entities/scalars.ts";
import { builders, IdParam, staff } from "./params.ts";
import { route } from "./route.ts";

const fileProblems = ["not_found", "conflict", "range_outside", "invalid_value"] as const;

/** Frozen selections, what differs between them, and their files. */
export const labelSetRoutes = {
  listLabelSets: route({
    method: "GET",
    path: "/api/projects/:id/label-sets",
    summary: "Label sets of a project, newest first",
    access: staff,
    params: IdParam,
    query: PageQuery,
    status: 200,
    response: z.object({ items: z.array(sets.LabelSetRow), next: z.string().nullable() }),
    problems: ["not_found"],
  }),
  getLabelSet: route({
    method: "GET",
    path: "/api/label-sets/:id",
    summary: "A label set: what is in it, and what has been made of it",
    access: staff,
    params: IdParam,
    status: 200,
    response: sets.LabelSetDetails,
    problems: ["not_found"],
  }),
  changeLabelSet: route({
    method: "PATCH",
    path: "/api/label-sets/:id",
    summary: "Give a label set a name, or make it the project's latest",
    access: builders,
    params: IdParam,
    body: sets.LabelSetChange,
    audit: ["labelSet.changed"],
    status: 200,
    response: sets.LabelSetDetails,
    problems: ["not_found", "conflict"],
  }),
  diffLabelSets: route({
    method: "GET",
    path: "/api/label-sets/:id/diff",
    summary: "What is in one label set and not in another of the same project, by why",
    access: staff,
    params: IdParam,
    query: sets.LabelSetDiffQuery,
    status: 200,
    response: sets.LabelSetDiff,
    problems: ["not_found", "invalid_value"],
  }),
  measureLabelSet: route({
    method: "GET",
    path: "/api/label-sets/:id/lengths",
    summary:
      "How many rows of a label set's file are longer than a number of tokens, by split; an estimate, or by a policy's tokenizer",
    access: builders,
    params: IdParam,
    query: LabelSetLengthsQuery,
    status: 200,
    response: RowLengths,
    problems: ["not_found", "invalid_value", "conflict"],
  }),
  listLabelSetFiles: route({
    method: "GET",
    path: "/api/label-sets/:id/files",
    summary: "Files of a label set, and how far they are written",
    access: staff,
    params: IdParam,
    status: 200,
    response: z.object({ items: z.array(sets.LabelSetFileView) }),
    problems: ["not_found"],
  }),
  askLabelSetFile: route({
    method: "POST",
    path: "/api/label-sets/:id/files",
    summary:
      "Have a file of a label set written; one that is there or under way is left as it is unless it is asked for again",
    access: builders,
    params: IdParam,
    body: sets.LabelSetFileDraft,
    // It only reads what is judged; an archived project goes out like any other.
    whenArchived: "allowed",
    audit: ["labelSet.fileAsked"],
    status: 202,
    response: sets.LabelSetFileView,
    problems: ["not_found", "conflict"],
  }),
  deleteLabelSetFile: route({
    method: "DELETE",
    path: "/api/label-sets/:id/files/:name",
    summary: "Delete a file of a label set; the set stays, and the file can be written again",
    access: builders,
    params: sets.LabelSetFileParam,
    whenArchived: "allowed",
    audit: ["labelSet.fileDeleted"],
    status: 204,
    problems: ["not_found"],
  }),
  getLabelSetFile: route({
    method: "GET",
    path: "/api/label-sets/:id/files/:name",
    summary:
      "A file of a label set, whole or the one range that is asked for, with its SHA-256 as ETag; until it is written a refusal that says how far it is",
    access: builders,
    params: sets.LabelSetFileParam,
    // Who asks for one that is not there has it written too (`labelSet.fileAsked`).
    audit: ["export.opened"],
    status: 200,
    produces: "application/octet-stream",
    problems: fileProblems,
  }),
  signLabelSetFile: route({
    method: "POST",
    path: "/api/label-sets/:id/files/:name/address",
    summary: "An address that opens one file of a label set without a sign-in, for an hour at most",
    access: builders,
    params: sets.LabelSetFileParam,
    body: sets.SignedAddressDraft,
    whenArchived: "allowed",
    audit: ["labelSet.fileSigned"],
    status: 201,
    response: sets.SignedAddress,
    problems: ["not_found"],
  }),
  getSignedLabelSetFile: route({
    method: "GET",
    path: "/api/signed-files/:id/:pass/:name",
    summary: "The same by an address that was signed for it",
    access: "public",
    params: sets.SignedFileParam,
    // Who asks for one that is not there has it written too (`labelSet.fileAsked`).
    audit: ["export.opened"],
    status: 200,
    produces: "application/octet-stream",
    problems: [...fileProblems, "link_used_up"],
  }),
  getLatestLabelSetFile: route({
    method: "GET",
    path: "/api/projects/:id/label-sets/latest/files/:name",
    summary: "Leads (307) to the file of this name of the label set that was last made the project's latest",
    access: builders,
    params: sets.LabelSetFileParam,
    status: 200,
    produces: "application/octet-stream",
    problems: ["not_found", "invalid_value"],
  }),
};
