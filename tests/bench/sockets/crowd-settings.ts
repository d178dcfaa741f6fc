import { z } from "zod";

/** Who watches what, at the product or at the peer. */
export const CrowdSettings = z.object({
  sockets: z.int(),
  label: z.string(),
  /** Of the product: the emails of those whose sockets they are, the run that they watch, and where news comes from. */
  product: z
    .object({
      url: z.string(),
      redisUrl: z.string(),
      emails: z.array(z.string()).readonly(),
      runId: z.string(),
      workspaceId: z.string(),
    })
    .optional(),
  /** Of the peer: its address. */
  bareUrl: z.string().optional(),
});
export type CrowdSettings = z.infer<typeof CrowdSettings>;
