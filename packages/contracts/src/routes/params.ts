import { z } from "zod";
import { Id } from "../entities/scalars.ts";

export const IdParam = z.strictObject({ id: Id });
export const TokenParam = z.strictObject({ token: z.string().min(16).max(100) });

export const everyone = ["admin", "researcher", "reviewer", "annotator"] as const;
export const staff = ["admin", "researcher", "reviewer"] as const;
export const builders = ["admin", "researcher"] as const;
export const admins = ["admin"] as const;
