import {
  DomainError,
  type ImportModelSpec,
  type ModelFiles,
  modelFilesIssue,
  modelFilesOf,
  refusalReasons,
  refused,
} from "@touchstone/contracts";
import type { Transaction } from "../client.ts";

/** Where the wrong one stands in what was asked for. */
const at = "spec.files";

/**
 * Whether the files that a model is to be read from are there, whole, this project's, and those of a model by their names.
 *
 * @returns those names, and what the files are
 * @throws DomainError not_found, conflict, invalid_spec
 */
export async function assertModelFiles(
  tx: Transaction,
  { workspaceId, projectId }: { readonly workspaceId: string; readonly projectId: string },
  { files: ids }: ImportModelSpec,
): Promise<{ readonly names: readonly string[]; readonly form: ModelFiles["form"] }> {
  const files = await tx.spooledFile.findMany({
    where: { workspaceId, projectId, id: { in: ids } },
    select: { id: true, name: true, state: true, received: true, stamp: true },
  });
  const found = ids.map((id) => files.find((file) => file.id === id));
  const names: string[] = [];
  for (const file of found) {
    if (!file) throw refused("notThere", { kind: "file", at });
    if (file.state === "arriving") throw refused("spooledArriving", { received: Number(file.received), at });
    if (file.state === "failed") throw refused("spooledFailed", { at });
    if (file.stamp !== null) throw refused("modelFileInPlace", { name: file.name, at });
    names.push(file.name);
  }
  const { form, fault } = modelFilesOf(names);
  if (!fault) return { names, form };
  throw new DomainError("invalid_spec", refusalReasons.settingsNotValid, {
    path: at,
    issues: [modelFilesIssue(fault)],
  });
}
