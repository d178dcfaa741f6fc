import type { Locale } from "@touchstone/contracts";
import type { Messages } from "../messages/en.ts";

// Keys that no message file has are type errors.
declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
