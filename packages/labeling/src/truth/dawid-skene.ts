import type { CrowdLabel, Majority } from "./majority-vote.ts";

export interface DawidSkene {
  /** The label classes, sorted; every array below follows this order. */
  readonly classes: readonly string[];
  /** Estimated share of each class. */
  readonly marginals: readonly number[];
  /** Posterior over classes of each task. */
  readonly posteriors: ReadonlyMap<string, Float64Array>;
  /** Each worker's confusion matrix, K × K row-major: P(says column | truth is row). */
  readonly confusions: ReadonlyMap<string, Float64Array>;
  readonly iterations: number;
}

export interface DawidSkeneOptions {
  readonly maxIterations?: number;
  /** Stops when no posterior moves by more than this. */
  readonly tolerance?: number;
  /** Added to each cell of a worker's confusion counts, so that one unlucky answer is never impossible. */
  readonly smoothing?: number;
}

/**
 * Truth and the reliability of each worker at once, by expectation-maximisation.
 * Dawid and Skene (1979), "Maximum likelihood estimation of observer error-rates using the EM algorithm", Applied
 * Statistics 28, equations 2.3–2.5. It starts from the vote shares; a worker may label one task several times.
 */
export function dawidSkene(
  labels: readonly CrowdLabel[],
  { maxIterations = 200, tolerance = 1e-6, smoothing = 0.01 }: DawidSkeneOptions = {},
): DawidSkene {
  const classes = [...new Set(labels.map(({ label }) => label))].sort();
  const tasks = [...new Set(labels.map(({ task }) => task))];
  const workers = [...new Set(labels.map(({ worker }) => worker))];
  const size = classes.length;
  const indexOf = (names: readonly string[]) => new Map(names.map((name, index) => [name, index]));
  const [classIndex, taskIndex, workerIndex] = [indexOf(classes), indexOf(tasks), indexOf(workers)];
  const votes = labels.map(({ task, worker, label }) => ({
    task: taskIndex.get(task) ?? 0,
    worker: workerIndex.get(worker) ?? 0,
    label: classIndex.get(label) ?? 0,
  }));

  const posterior = new Float64Array(tasks.length * size);
  for (const { task, label } of votes) add(posterior, task * size + label, 1);
  normaliseRows(posterior, size);

  const confusion = new Float64Array(workers.length * size * size);
  let marginals = new Float64Array(size);
  let iterations = 0;
  let moved = Number.POSITIVE_INFINITY;
  while (iterations < maxIterations && moved > tolerance) {
    iterations += 1;
    // M-step (2.3, 2.4): expected counts of what each worker says when the truth is so; expected class shares.
    confusion.fill(smoothing);
    for (const { task, worker, label } of votes) {
      for (let truth = 0; truth < size; truth++) {
        add(confusion, (worker * size + truth) * size + label, posterior[task * size + truth] ?? 0);
      }
    }
    normaliseRows(confusion, size);
    marginals = columnMeans(posterior, size);
    // E-step (2.5), in logarithms: hundreds of votes on one task would underflow a product.
    const next = new Float64Array(posterior.length);
    for (let cell = 0; cell < next.length; cell++) next[cell] = Math.log(marginals[cell % size] ?? 0);
    for (const { task, worker, label } of votes) {
      for (let truth = 0; truth < size; truth++) {
        add(next, task * size + truth, Math.log(confusion[(worker * size + truth) * size + label] ?? 0));
      }
    }
    softmaxRows(next, size);
    moved = next.reduce((most, value, cell) => Math.max(most, Math.abs(value - (posterior[cell] ?? 0))), 0);
    posterior.set(next);
  }
  return {
    classes,
    marginals: [...marginals],
    posteriors: new Map(tasks.map((task, index) => [task, posterior.slice(index * size, (index + 1) * size)])),
    confusions: new Map(
      workers.map((worker, index) => [worker, confusion.slice(index * size * size, (index + 1) * size * size)]),
    ),
    iterations,
  };
}

/** The likeliest class of each task; classes with equal posteriors tie. */
export function likeliest({ classes, posteriors }: DawidSkene): Majority {
  return new Map(
    [...posteriors].map(([task, posterior]) => {
      const most = Math.max(...posterior);
      return [task, classes.filter((_, index) => posterior[index] === most)];
    }),
  );
}

function add(values: Float64Array, cell: number, amount: number): void {
  values[cell] = (values[cell] ?? 0) + amount;
}

function normaliseRows(values: Float64Array, size: number): void {
  for (let row = 0; row < values.length; row += size) {
    const cells = values.subarray(row, row + size);
    const sum = cells.reduce((total, value) => total + value, 0);
    cells.forEach((value, cell) => {
      cells[cell] = sum === 0 ? 1 / size : value / sum;
    });
  }
}

function softmaxRows(values: Float64Array, size: number): void {
  for (let row = 0; row < values.length; row += size) {
    const cells = values.subarray(row, row + size);
    const most = cells.reduce((highest, value) => Math.max(highest, value), Number.NEGATIVE_INFINITY);
    cells.forEach((value, cell) => {
      cells[cell] = Math.exp(value - most);
    });
  }
  normaliseRows(values, size);
}

function columnMeans(values: Float64Array, size: number): Float64Array<ArrayBuffer> {
  const means = new Float64Array(size);
  values.forEach((value, cell) => {
    add(means, cell % size, value / (values.length / size));
  });
  return means;
}
