import type { ImportFormat } from "@touchstone/contracts";

/** The flags of `import`, as commander hands them on. */
export interface ImportOptions {
  readonly project: string;
  readonly url?: string;
  readonly token?: string;
  readonly as?: ImportFormat;
  readonly column?: readonly string[];
  readonly mapping?: string;
  readonly question?: string;
  readonly leaveOut?: boolean;
  readonly closed?: boolean;
  readonly pilot?: number;
  readonly yes?: boolean;
  readonly receipt?: boolean;
  readonly json?: boolean;
}
