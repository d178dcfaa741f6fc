import type { ImportSource } from "../formats/import-source.ts";
import { ranked } from "./ranked.ts";
import type { Shape } from "./shape.ts";
import { stepwise } from "./stepwise.ts";
import { unpaired } from "./unpaired.ts";

/** Likeliest first: where a file is of two shapes the one that takes more of it stands above the other. */
export const shapes: readonly Shape[] = [ranked, stepwise, unpaired];

/** The shape that a source is read by; undefined for those that have readers of their own, and for a mapping. */
export function shapeOf({ format }: Pick<ImportSource, "format">): Shape | undefined {
  return shapes.find((shape) => shape.format === format);
}
