import { z } from "zod";
import { Name } from "./scalars.ts";

/** Groups by name: a project that names some is for their members alone. */
export const Groups = z.array(Name).max(50);
