import { z } from "zod";
import { Id } from "../entities/scalars.ts";

export const IdParam = z.strictObject({ id: Id });
/** Of any length: a link that was cut off is an unknown link, not a malformed request. */
export const TokenParam = z.strictObject({ token: z.string().min(1).max(1000) });

export const everyone = ["admin", "researcher", "reviewer", "annotator"] as const;
export const staff = ["admin", "researcher", "reviewer"] as const;
export const builders = ["admin", "researcher"] as const;
export const admins = ["admin"] as const;
