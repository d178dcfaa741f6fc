import { EndpointDraft } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { endpointValues } from "./endpoint-values.ts";

function written(fields: Readonly<Record<string, string>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}
const needed = { name: "Near", baseUrl: "https://a.example/v1", model: "m", lengthName: "max_tokens", seed: "on" };

it("leaves empty fields to the defaults, or without a limit", () => {
  const draft = EndpointDraft.parse(endpointValues(written({ ...needed, atOnce: "", tokens: "", stop: "" })));
  expect(draft).toEqual(EndpointDraft.parse({ name: "Near", baseUrl: needed.baseUrl, model: "m" }));
});

it("takes what is written, and leaves what is no number to the schema", () => {
  const { seed: _seed, ...others } = needed;
  const fields = { ...others, atOnce: "2", money: "1.5", promptPrice: "0", answerPrice: "0.6", currency: "eur" };
  const values = endpointValues(written({ ...fields, stop: "END\n\nUser:", temperature: "0" }));
  expect(EndpointDraft.parse(values)).toMatchObject({
    limits: { atOnce: 2, money: 1.5, promptPrice: 0, answerPrice: 0.6, currency: "EUR" },
    dialect: { seed: false },
    sampling: { stop: ["END", "User:"], temperature: 0 },
  });
  const wrong = EndpointDraft.safeParse(endpointValues(written({ ...needed, tokens: "many" })));
  expect(wrong.error?.issues.map(({ path }) => path.join("."))).toEqual(["limits.tokens"]);
});
