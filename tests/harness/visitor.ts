import type { Role } from "@touchstone/contracts";
import { createWorkspaceWithAdmin, type Database } from "@touchstone/persistence";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import { hashPassword } from "../../apps/api/src/plugins/passwords.ts";

export const password = "correct horse battery";

type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** A browser's worth of state: the cookie it was given and the CSRF token it read. */
export class Visitor {
  cookie: string | undefined;
  csrfToken: string | undefined;
  readonly server: FastifyInstance;

  constructor(server: FastifyInstance) {
    this.server = server;
  }

  /** Sends JSON the way the pages do; headers given here win. */
  async send(method: Method, url: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await this.server.inject({
      method,
      url,
      headers: {
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(this.csrfToken ? { "x-csrf-token": this.csrfToken } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    this.remember(response);
    return response;
  }

  async signIn(email: string): Promise<this> {
    const response = await this.send("POST", "/api/session", { email, password });
    if (response.statusCode !== 200) throw new Error(`${email} could not sign in: ${response.body}`);
    return this;
  }

  private remember(response: LightMyRequestResponse): void {
    const cookie = response.cookies.find(({ name }) => name.endsWith("touchstone"));
    if (cookie) this.cookie = cookie.value === "" ? undefined : `${cookie.name}=${cookie.value}`;
    const isSession = response.headers["content-type"]?.toString().startsWith("application/json");
    const token: unknown = isSession ? response.json<{ csrfToken?: unknown }>().csrfToken : undefined;
    if (typeof token === "string") this.csrfToken = token;
  }
}

/** Somebody who can sign in with `password`: the admin of a new tenant, or a member of the one given. */
export async function createLogin(db: Database, email: string, at?: { workspaceId: string; role: Role }) {
  const passwordHash = await hashPassword(password);
  if (!at) {
    return createWorkspaceWithAdmin(db, {
      workspaceName: `Workspace of ${email}`,
      adminName: "Ada",
      adminEmail: email,
      passwordHash,
    });
  }
  const user = await db.user.create({ data: { email, passwordHash } });
  const member = await db.member.create({ data: { ...at, userId: user.id, name: email } });
  return { workspaceId: at.workspaceId, memberId: member.id, userId: user.id };
}

/** A new tenant and its admin, signed in. */
export async function newTenant(server: FastifyInstance, email: string) {
  const tenant = await createLogin(server.database, email);
  return { ...tenant, admin: await new Visitor(server).signIn(email) };
}

/** Brings somebody in by an invitation of the admin; signed in afterwards. */
export async function invite(admin: Visitor, role: string, email: string): Promise<Visitor> {
  const link = await admin.send("POST", "/api/links", { kind: "invitation", role });
  const visitor = new Visitor(admin.server);
  const { path } = link.json<{ path: string }>();
  const joined = await visitor.send("POST", `/api${path}`, { name: email, email, password });
  if (joined.statusCode !== 201) throw new Error(`${email} could not join: ${joined.body}`);
  return visitor;
}
