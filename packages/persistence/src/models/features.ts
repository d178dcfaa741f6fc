/** Where features of a project's answers are kept between runs that read them, by hash of text and model. */
export function featuresPrefix({ workspaceId, projectId }: { workspaceId: string; projectId: string }): string {
  return `features/${workspaceId}/${projectId}`;
}

/** Those of all projects. */
export function featuresOfWorkspace(workspaceId: string): string {
  return `features/${workspaceId}`;
}
