import { z } from "zod";

/** A language without its region, as ISO 639 has it: en, zh, yue. */
export const Language = z.string().regex(/^[a-z]{2,3}$/, { error: "must be a language code such as en or zh" });
/** That somebody reads. */
export const Languages = z.array(Language).max(50);
