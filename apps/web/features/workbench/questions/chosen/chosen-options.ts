import type { Answer, Question } from "@touchstone/contracts";

export interface Options {
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly least: number;
  readonly most: number;
}

/** What a choice is of, and how many may be chosen. */
export function optionsOf({ settings }: Pick<Question, "settings">): Options {
  const options = Array.isArray(settings.options) ? settings.options.filter((one) => typeof one === "string") : [];
  const multiple = settings.multiple === true;
  return {
    options,
    multiple,
    least: multiple && typeof settings.least === "number" ? settings.least : 1,
    most: multiple ? most(settings.most, options.length) : 1,
  };
}

const most = (given: unknown, all: number): number => (typeof given === "number" ? Math.min(given, all) : all);

/** The options that a draft has chosen, in the order in which they are shown. */
export function chosenOf(draft: Answer | undefined, options: readonly string[]): string[] {
  const chosen = Array.isArray(draft?.chosen) ? draft.chosen : [];
  return options.filter((option) => chosen.includes(option));
}

/** A draft once an option is pressed: alone it is the choice, among several it comes and goes. */
export function pressed(draft: Answer | undefined, option: string, { options, multiple, most }: Options): string[] {
  if (!multiple) return [option];
  const chosen = chosenOf(draft, options);
  if (chosen.includes(option)) return chosen.filter((one) => one !== option);
  return chosen.length < most ? options.filter((one) => one === option || chosen.includes(one)) : chosen;
}
