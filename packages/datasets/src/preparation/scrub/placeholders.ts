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

/** One text without one kind of personal data. */
export type Scrubber = (text: string) => string;
