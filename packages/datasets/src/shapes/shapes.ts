import type { ImportSource } from "../formats/import-source.ts";
import { arena } from "./arena.ts";
import { argilla } from "./argilla.ts";
import { evals } from "./evals.ts";
import { helpsteer2 } from "./helpsteer2.ts";
import { labelStudio } from "./label-studio.ts";
import { langfuse } from "./langfuse.ts";
import { llamaFactory } from "./llama-factory.ts";
import { oasst } from "./oasst.ts";
import { openWebui } from "./open-webui.ts";
import { prm800k } from "./prm800k.ts";
import { ranked } from "./ranked.ts";
import { rewardbench2 } from "./rewardbench2.ts";
import type { Shape } from "./shape.ts";
import { stepwise } from "./stepwise.ts";
import { summarize } from "./summarize.ts";
import { swift } from "./swift.ts";
import { ultrafeedback } from "./ultrafeedback.ts";
import { unpaired } from "./unpaired.ts";

/** Likeliest first: where a file is of two shapes the one that takes more of it stands above the other. */
export const shapes: readonly Shape[] = [
  arena,
  oasst,
  openWebui,
  labelStudio,
  argilla,
  langfuse,
  prm800k,
  ultrafeedback,
  summarize,
  helpsteer2,
  rewardbench2,
  ranked,
  stepwise,
  unpaired,
  swift,
  llamaFactory,
  evals,
];

/** The shape that a source is read by; undefined for those that have readers of their own, and for a mapping. */
export function shapeOf({ format }: Pick<ImportSource, "format">): Shape | undefined {
  return shapes.find((shape) => shape.format === format);
}
