import type { PersonalDataKind } from "@touchstone/contracts";

/** What stands where personal data stood. */
export const placeholders: Record<PersonalDataKind, string> = {
  credentials: "<CREDENTIALS>",
  email: "<EMAIL>",
  iban: "<IBAN>",
  identity: "<ID>",
  card: "<CARD>",
  phone: "<PHONE>",
  ip: "<IP>",
};

/**
 * One text without one kind of personal data. `put` hears what was found, and says what stands there instead.
 */
export type Scrubber = (text: string, put: (found: string) => string) => string;
