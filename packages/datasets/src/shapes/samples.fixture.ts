import { aspects } from "./samples/aspects.fixture.ts";
import { datasets } from "./samples/datasets.fixture.ts";
import type { Sample } from "./samples/sample.fixture.ts";
import { tools } from "./samples/tools.fixture.ts";
import { trainers } from "./samples/trainers.fixture.ts";

export type { Sample } from "./samples/sample.fixture.ts";

/** A small file in each published shape, with what becomes of it. */
export const samples: readonly Sample[] = [...trainers, ...datasets, ...aspects, ...tools];
