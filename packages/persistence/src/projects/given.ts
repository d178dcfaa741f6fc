type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** The fields that are given: to Prisma's types, one that is undefined is not the same as none. */
export function given<T extends object>(fields: T): Partial<Given<T>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Given<T>>;
}
