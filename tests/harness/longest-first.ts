import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take much longer than the others of their suite, the longest first. */
const long = [
  "packages/rlhf/src/parallel/parallel.test.ts",
  "packages/rlhf/src/trainers/resume.test.ts",
  "packages/rlhf/src/trainers/test-rows.test.ts",
  "tests/integration/documented-answers.test.ts",
  "tests/integration/command-line.test.ts",
  "tests/chaos/worker-kill.test.ts",
  "tests/e2e/screens.test.ts",
  "tests/e2e/loop.test.ts",
  "tests/e2e/saved-stays.test.ts",
  "tests/e2e/templates.test.ts",
  "tests/e2e/corrections.test.ts",
];

/**
 * Where files run side by side, one that takes long and begins last keeps all waiting for it. Of files that it has never
 * run vitest knows only how many bytes they have, which says nothing of how long they take.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) => long.findIndex((name) => moduleId.endsWith(name));
    const isLong = (file: TestSpecification) => place(file) >= 0;
    const rest = sorted.filter((file) => !isLong(file));
    // Files that share their processes come together and last: a process is handed on to the next of them only.
    const apart = ({ project }: TestSpecification) => project.config.isolate;
    const longest = sorted.filter(isLong).sort((one, other) => place(one) - place(other));
    return [...longest, ...rest.filter(apart), ...rest.filter((file) => !apart(file))];
  }
}
