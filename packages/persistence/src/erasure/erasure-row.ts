/** An erasure under way. */
export interface ErasureRow {
  readonly of: "erasure";
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: "identity" | "all";
  readonly memberId: string | null;
  readonly projectId: string | null;
  readonly successorId: string | null;
  readonly staged: number | null;
}
