import type { Locale } from "@touchstone/contracts";
import { en, type Messages } from "./en.ts";
import { zh } from "./zh.ts";

export const messages: Record<Locale, Messages> = { en, zh };
