import { z } from "zod";
import { Groups } from "./groups.ts";
import { Languages } from "./languages.ts";
import { Id, Locale, Name, Timestamp, text } from "./scalars.ts";

export const Role = z.enum(["admin", "researcher", "reviewer", "annotator"]);
export type Role = z.infer<typeof Role>;

/** `imported` and `simulated` members own judgements but can never sign in. */
export const MemberKind = z.enum(["person", "imported", "simulated"]);
export type MemberKind = z.infer<typeof MemberKind>;

export const Member = z.object({
  id: Id,
  name: z.string(),
  email: z.string().nullable(),
  role: Role,
  kind: MemberKind,
  disabled: z.boolean(),
  judgements: z.number().int(),
  groups: z.array(z.string()),
  languages: z.array(z.string()),
  createdAt: Timestamp,
});
export type Member = z.infer<typeof Member>;

export const MemberChange = z.strictObject({
  role: Role.optional(),
  disabled: z.boolean().optional(),
  groups: Groups.optional(),
  languages: Languages.optional(),
});
export type MemberChange = z.infer<typeof MemberChange>;

/** What one may change about oneself. */
export const AccountChange = z.strictObject({ name: Name.optional(), languages: Languages.optional() });
export type AccountChange = z.infer<typeof AccountChange>;

export const Password = z.string().min(10, { error: "must have at least 10 characters" }).max(200);
/** Whoever sits down at an open browser must not be able to take the account with it. */
export const PasswordChange = z.strictObject({ present: z.string().min(1).max(200), password: Password });
export type PasswordChange = z.infer<typeof PasswordChange>;

export const Email = z.email().max(200);

export const SignIn = z.strictObject({
  email: Email,
  password: z.string().min(1).max(200),
  /** Where the login belongs to several; without it, where it was last. */
  workspaceId: Id.optional(),
});
export type SignIn = z.infer<typeof SignIn>;

export const WorkspaceSwitch = z.strictObject({ workspaceId: Id });
export type WorkspaceSwitch = z.infer<typeof WorkspaceSwitch>;

/** A workspace that a login belongs to, and as what. */
export const Membership = z.object({ id: Id, name: z.string(), role: Role });
export type Membership = z.infer<typeof Membership>;

/** Who is signed in. `csrfToken` goes back in the `x-csrf-token` header of every request that changes something. */
export const SessionView = z.object({
  member: z.object({
    id: Id,
    name: z.string(),
    email: z.string().nullable(),
    role: Role,
    languages: z.array(z.string()).optional(),
  }),
  workspace: z.object({ id: Id, name: z.string() }),
  /** All that the login can switch to, this one included; where it was last first. */
  workspaces: z.array(Membership),
  csrfToken: z.string(),
});
export type SessionView = z.infer<typeof SessionView>;

/** `invitation`: one person, a role. `password-reset`: one member. `open`: strangers become annotators of one project. */
export const LinkKind = z.enum(["invitation", "password-reset", "open"]);
export type LinkKind = z.infer<typeof LinkKind>;

export const LinkDraft = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("invitation"),
    role: Role,
    note: text(200).default(""),
    expiresInHours: z.number().int().min(1).max(720).default(72),
  }),
  z.strictObject({
    kind: z.literal("password-reset"),
    memberId: Id,
    expiresInHours: z.number().int().min(1).max(72).default(24),
  }),
  z.strictObject({
    kind: z.literal("open"),
    projectId: Id,
    capacity: z.number().int().min(1).max(100_000),
    consent: text(20_000, 1),
    /** Whether a name is enough to join, without an e-mail address and a password. */
    nameAlone: z.boolean().default(false),
    expiresInHours: z.number().int().min(1).max(8760).default(720),
  }),
]);
export type LinkDraft = z.infer<typeof LinkDraft>;

export const LinkView = z.object({
  id: Id,
  kind: LinkKind,
  role: Role,
  projectId: Id.nullable(),
  note: z.string(),
  capacity: z.number().int(),
  used: z.number().int(),
  nameAlone: z.boolean().default(false),
  state: z.enum(["open", "used", "expired", "revoked"]),
  /** Where it leads, of a usable open link; null for personal ones and for links made before addresses were kept. */
  path: z.string().nullable(),
  expiresAt: Timestamp,
  createdAt: Timestamp,
});
export type LinkView = z.infer<typeof LinkView>;

/** From where this service can be opened: a link is of no use to others if its address is only this machine's. */
export const Reach = z.object({
  /** Under which people see us, where whoever runs this has said so. */
  publicOrigin: z.string().nullable(),
  /** Listens on this machine only. */
  loopbackOnly: z.boolean(),
  /** Addresses of this machine in its networks that the service answers under. */
  networkOrigins: z.array(z.string()),
});
export type Reach = z.infer<typeof Reach>;

/** The token of a personal link appears in this one answer and is stored only as a hash. */
export const LinkCreated = LinkView.extend({ token: z.string(), path: z.string() });
export type LinkCreated = z.infer<typeof LinkCreated>;

/** What a holder of the link may know before joining. */
export const JoinView = z.object({
  kind: LinkKind,
  workspace: z.string(),
  projectId: Id.nullable(),
  project: z.string().nullable(),
  /** Of the project: what it is about, and how to judge there. */
  description: z.string(),
  guideline: z.string(),
  role: Role,
  consent: z.string().nullable(),
  name: z.string().nullable(),
  remaining: z.number().int(),
  /** Whether a name is enough to join. */
  nameAlone: z.boolean().default(false),
  /** Who looks at it, if they are signed in; `belongs` when they have what the link gives already. */
  you: z.object({ name: z.string(), email: z.string().nullable(), belongs: z.boolean() }).nullable(),
});
export type JoinView = z.infer<typeof JoinView>;

export const Join = z.strictObject({
  name: Name.optional(),
  email: Email.optional(),
  /** Left out with the address by whoever joins by name alone. */
  password: Password.optional(),
  consent: z.boolean().default(false),
  locale: Locale.default("en"),
});
export type Join = z.infer<typeof Join>;

/** Who has joined is signed in. Whoever did so by name alone gets a code, once, by which they come back elsewhere. */
export const Joined = SessionView.extend({ returnCode: z.string().nullable() });
export type Joined = z.infer<typeof Joined>;

export const ComeBack = z.strictObject({ code: z.string().min(1).max(1_000) });

/** Somebody who is signed in takes what a link gives without a name and a password of their own. */
export const JoinSignedIn = z.strictObject({ consent: z.boolean().default(false), locale: Locale.default("en") });
export type JoinSignedIn = z.infer<typeof JoinSignedIn>;

export const ApiTokenDraft = z.strictObject({
  name: Name,
  role: Role,
  expiresInDays: z.number().int().min(1).max(730).default(90),
});
export type ApiTokenDraft = z.infer<typeof ApiTokenDraft>;
export const ApiTokenView = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  prefix: z.string(),
  expiresAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
  createdAt: Timestamp,
});
export type ApiTokenView = z.infer<typeof ApiTokenView>;
export const ApiTokenCreated = ApiTokenView.extend({ token: z.string() });
export type ApiTokenCreated = z.infer<typeof ApiTokenCreated>;

/** What the audit log records: noun and past participle. A log of an older version may hold others. */
export const AuditAction = z.enum([
  "workspace.created",
  "project.created",
  "project.changed",
  "questionnaire.changed",
  "translation.changed",
  "translation.removed",
  "inquiry.answered",
  "remark.settled",
  "batch.changed",
  "import.finished",
  "import.opened",
  "import.undone",
  "media.uploaded",
  "media.deleted",
  "member.joined",
  "member.changed",
  "member.renamed",
  "password.changed",
  "password.reset",
  "link.created",
  "link.revoked",
  "token.created",
  "token.revoked",
  "run.launched",
  "run.cancelled",
  "round.launched",
  "simulation.launched",
  "evaluation.created",
  "webhook.created",
  "webhook.changed",
  "webhook.secretRotated",
  "webhook.disabled",
  "webhook.deleted",
  "endpoint.created",
  "endpoint.changed",
  "endpoint.deleted",
  "model.promoted",
  "model.rolledBack",
  "model.changed",
  "model.deleted",
  "arena.changed",
  "schedule.created",
  "schedule.deleted",
  "schedule.paused",
  "session.opened",
  "session.refused",
  "session.closed",
  "export.opened",
  "export.closed",
  "items.changed",
  "pair.asked",
  "labelSet.made",
  "labelSet.changed",
  "labelSet.fileAsked",
  "labelSet.fileDeleted",
  "labelSet.fileSigned",
  "leftOut.added",
  "leftOut.putBack",
  "project.deleted",
  "prompts.deleted",
  "mapping.saved",
  "mapping.changed",
  "mapping.deleted",
  "member.erased",
  "retention.changed",
  "retention.applied",
  "view.created",
  "view.changed",
  "view.deleted",
  "archive.asked",
  "archive.deleted",
  "archive.taken",
  "archive.brought",
  "archive.cancelled",
  "project.broughtIn",
]);
export type AuditAction = z.infer<typeof AuditAction>;

export const AuditEventView = z.object({
  id: z.string(),
  at: Timestamp,
  actor: z.string().nullable(),
  /** How the actor was signed in, and by which API token; null where the system did it, or an older version wrote it. */
  via: z.enum(["session", "token"]).nullable(),
  token: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEventView = z.infer<typeof AuditEventView>;
