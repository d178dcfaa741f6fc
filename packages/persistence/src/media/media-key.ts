/** Where its bytes lie in the file store. */
export function mediaKey({
  workspaceId,
  projectId,
  sha256,
}: {
  workspaceId: string;
  projectId: string;
  sha256: string;
}): string {
  return `media/${workspaceId}/${projectId}/${sha256}`;
}
