/** Who works: a member of a workspace, person or simulated. */
export interface Annotator {
  workspaceId: string;
  memberId: string;
}
