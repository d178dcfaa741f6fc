import type { LeasedTask } from "@touchstone/contracts";
import type { Database } from "@touchstone/persistence";
import { labellingProject, submissionFor } from "../../harness/labelling-project.ts";
import { LiveSocket, RemoteVisitor } from "../../harness/remote-visitor.ts";
import { createLogin } from "../../harness/visitor.ts";

const hourMs = 3_600_000;
/** Between the two measurements of one moment, with a busy machine between them. */
const toleranceMs = 5 * 60_000;

interface Both {
  readonly db: Database;
  /** Origins of two APIs on one database: one whose clock is right, one whose clock is an hour off. */
  readonly right: string;
  readonly off: string;
}

/** What ends at another moment than the database's clock says, for one of two APIs whose clocks differ: nothing should. */
export async function endsElsewhere({ db, right, off }: Both): Promise<string[]> {
  const wrong: string[] = [];
  const expect = (holds: boolean, what: string) => void (holds || wrong.push(what));
  const { workspaceId, projectId } = await labellingProject(db, { tasks: 10, overlap: 1, annotators: 0 });
  const email = `clock-of-${projectId}@example.org`;
  const { memberId } = await createLogin(db, email, { workspaceId, role: "admin" });
  const at = { right: await RemoteVisitor.signIn(right, email), off: await RemoteVisitor.signIn(off, email) };
  const isSoon = (moment: string, ms: number) => Math.abs(Date.parse(moment) - Date.now() - ms) < toleranceMs;
  const date = (await fetch(`${off}/api/health`)).headers.get("date") ?? "";
  expect(!isSoon(date, 0), "the clock that should be off is right");

  for (const [maker, visitor] of Object.entries(at)) {
    const link = await visitor.json<{ path: string; expiresAt: string }>("POST", "/api/links", {
      ...{ kind: "invitation", role: "annotator", expiresInHours: 1 },
    });
    expect(isSoon(link.expiresAt, hourMs), `the hour of a link made at ${maker}`);
    const draft = { name: maker, role: "admin", expiresInDays: 1 };
    const made = await visitor.json<{ token: string; expiresAt: string }>("POST", "/api/tokens", draft);
    expect(isSoon(made.expiresAt, 24 * hourMs), `the day of a token made at ${maker}`);
    const { tasks } = await visitor.json<{ tasks: LeasedTask[] }>("POST", `/api/work/${projectId}/claims`, {
      count: 1,
    });
    const [task] = tasks;
    expect(task !== undefined && isSoon(task.lease.expiresAt, 900_000), `the lease given out at ${maker}`);
    const ticket = await visitor.ticket();
    const other = maker === "right" ? at.off : at.right;
    await LiveSocket.open(other.url, ticket).then(
      (socket) => socket.close(),
      () => wrong.push(`a ticket made at ${maker} at the other`),
    );
    const judged = task && (await other.json<{ surplus: boolean }>("POST", "/api/judgements", submissionFor(task)));
    expect(judged?.surplus === false, `a lease of ${maker} judged at the other`);
    // Half an hour before and after its end: between what the two clocks say.
    for (const [minutes, isGood] of [[30, true] as const, [-30, false] as const]) {
      await move(db, memberId, workspaceId, minutes);
      for (const url of [right, off]) {
        const opened = [
          (await fetch(`${url}/api${link.path}`)).ok,
          (await fetch(`${url}/api/session`, { headers: { authorization: `Bearer ${made.token}` } })).ok,
          (await visitor.at(url).send("GET", "/api/session")).ok,
        ];
        const which = `${minutes} minutes before its end at ${url === off ? "off" : "right"}, made at ${maker}`;
        for (const [index, noun] of ["link", "token", "session"].entries()) {
          expect(opened[index] === isGood, `a ${noun} ${which}`);
        }
      }
    }
    await move(db, memberId, workspaceId, 30);
  }
  return wrong;
}

/** All of this member's and workspace's that has an end ends so many minutes from now, by the database's clock. */
async function move(db: Database, memberId: string, workspaceId: string, minutes: number): Promise<void> {
  await db.$transaction([
    db.$executeRaw`UPDATE link SET expires_at = now() + make_interval(mins => ${minutes}::int) WHERE workspace_id = ${workspaceId}::uuid`,
    db.$executeRaw`UPDATE api_token SET expires_at = now() + make_interval(mins => ${minutes}::int) WHERE member_id = ${memberId}::uuid`,
    db.$executeRaw`UPDATE session SET expires_at = now() + make_interval(mins => ${minutes}::int) WHERE member_id = ${memberId}::uuid`,
  ]);
}
