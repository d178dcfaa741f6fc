import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take much longer than the others of their suite. */
const long = ["tests/e2e/screens.test.ts", "tests/chaos/worker-kill.test.ts"];

/**
 * Where files run side by side, one that takes long and begins last keeps all waiting for it. Of files that it has never
 * run vitest knows only how many bytes they have, which says nothing of how long they take.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
