const pad = (number: number): string => String(number).padStart(2, "0");

/** A moment as a field of type `datetime-local` has it, in the zone of the reader; empty where there is none. */
export function localMoment(at: string | null): string {
  if (at === null) return "";
  const date = new Date(at);
  const day = [date.getFullYear(), pad(date.getMonth() + 1), pad(date.getDate())].join("-");
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The moment that such a field says; null where it is empty. What is no moment stays as it is, to be refused by name. */
export function momentOf(local: FormDataEntryValue | null): string | null {
  const text = String(local ?? "");
  if (text === "") return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}
