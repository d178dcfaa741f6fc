import type { Client } from "@touchstone/api-client";
import type { ProjectView } from "@touchstone/contracts";
import { UsageError } from "../rlhf/usage-error.ts";

/** Names shown where none fits; a workspace may have hundreds. */
const mostNames = 20;

/** The project of this id or name. @throws UsageError naming those there are */
export async function findProject(client: Client, named: string): Promise<ProjectView> {
  const { items } = await client.listProjects();
  const byId = items.find(({ id }) => id === named);
  if (byId) return byId;
  const called = items.filter(({ name }) => name === named);
  if (called.length > 1) {
    throw new UsageError(
      `--project: ${called.length} projects are called “${named}”. Give the id of the one you mean, the last part of its page's address.`,
    );
  }
  const [found] = called;
  if (found) return found;
  const names = items.slice(0, mostNames).map(({ name }) => `“${name}”`);
  const more = items.length > mostNames ? ` and ${items.length - mostNames} more` : "";
  const there = names.length === 0 ? "There are none yet." : `There are ${names.join(", ")}${more}.`;
  throw new UsageError(`--project: there is no project “${named}” for this token. ${there}`);
}
