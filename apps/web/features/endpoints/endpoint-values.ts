/** What a person wrote into the fields of a form, by name. */
type Written = Pick<FormData, "get">;

const textOf = (data: Written, name: string): string => String(data.get(name) ?? "").trim();

/** What is no number is handed on as it is: the schema then says so at its field. */
function numberOf(data: Written, name: string): number | string | null {
  const text = textOf(data, name);
  if (text === "") return null;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** A field that must hold something is left to the schema's default where it is empty. */
function given(data: Written, names: readonly string[]): Record<string, number | string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = numberOf(data, name);
      return value === null ? [] : [[name, value] as const];
    }),
  );
}

/** Fields in which nothing means without a limit, or unknown. */
const open = ["perMinute", "tokens", "money", "promptPrice", "answerPrice"] as const;

/** All of an endpoint but its key, for the schema to check. */
export function endpointValues(data: Written): Record<string, unknown> {
  const stop = textOf(data, "stop")
    .split("\n")
    .filter((line) => line !== "");
  const currency = textOf(data, "currency").toUpperCase();
  return {
    name: textOf(data, "name"),
    baseUrl: textOf(data, "baseUrl"),
    model: textOf(data, "model"),
    limits: {
      ...given(data, ["atOnce", "seconds"]),
      ...Object.fromEntries(open.map((name) => [name, numberOf(data, name)])),
      ...(currency === "" ? {} : { currency }),
    },
    dialect: { lengthName: data.get("lengthName"), seed: data.get("seed") === "on" },
    sampling: {
      ...given(data, ["temperature", "topP", "topK", "maxNewTokens"]),
      ...(stop.length === 0 ? {} : { stop }),
    },
  };
}
