import type { TensorFlow } from "@touchstone/engine";
import { type AnswerRow, type BlockName, bagRow, scaledRows, scalingOn } from "./blocks.ts";
import type { Gram } from "./ridge-logit.ts";

/** Of a block's features: X, whose product with a vector of answers gives weights. */
export interface BlockTable {
  /** Xᵀβ: the weight of each feature, on the scale that it is measured on, and what has to be added. */
  weights(beta: Float64Array): { readonly weight: Float64Array; readonly bias: number };
  /** Adds X·Xᵀ to a matrix of (n, n). */
  addGram(to: Float32Array): void;
  /** Adds X·Xᵀ·β, for more answers than such a matrix is kept of. */
  addProduct(beta: Float64Array, to: Float64Array): void;
}

/** Answers up to which X·Xᵀ is kept as a matrix: at 4,096 it takes 64 MB. */
const mostAnswers = 4_096;

/** @param answers those that are learned from */
export function blockTable(
  tf: TensorFlow,
  block: BlockName,
  answers: readonly AnswerRow[],
  buckets: number,
): BlockTable {
  return block === "bag" ? bagTable(answers, buckets) : denseTable(tf, block, answers);
}

function denseTable(tf: TensorFlow, block: Exclude<BlockName, "bag">, answers: readonly AnswerRow[]): BlockTable {
  const scaling = scalingOn(block, answers);
  const rows = scaledRows(block, answers, scaling);
  const width = scaling.mean.length;
  return {
    weights(beta) {
      const weight = new Float64Array(width);
      for (const [i, share] of beta.entries()) {
        if (share === 0) continue;
        for (let j = 0; j < width; j++) weight[j] = (weight[j] ?? 0) + share * (rows[i * width + j] ?? 0);
      }
      let bias = 0;
      for (let j = 0; j < width; j++) {
        weight[j] = (weight[j] ?? 0) * (scaling.factor[j] ?? 0);
        bias -= (weight[j] ?? 0) * (scaling.mean[j] ?? 0);
      }
      return { weight, bias };
    },
    addGram(to) {
      const product = tf.tidy(() => {
        const x = tf.tensor2d(rows, [answers.length, width]);
        return tf.matMul(x, x, false, true);
      });
      const values = product.dataSync<"float32">();
      product.dispose();
      for (let i = 0; i < to.length; i++) to[i] = (to[i] ?? 0) + (values[i] ?? 0);
    },
    addProduct(beta, to) {
      const weight = new Float64Array(width); // of the scaled features
      for (const [i, share] of beta.entries()) {
        if (share === 0) continue;
        for (let j = 0; j < width; j++) weight[j] = (weight[j] ?? 0) + share * (rows[i * width + j] ?? 0);
      }
      for (let i = 0; i < to.length; i++) {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += (weight[j] ?? 0) * (rows[i * width + j] ?? 0);
        to[i] = (to[i] ?? 0) + sum;
      }
    },
  };
}

function bagTable(answers: readonly AnswerRow[], buckets: number): BlockTable {
  const bags = answers.map(bagRow);
  const weightsOf = (beta: Float64Array) => {
    const weight = new Float64Array(buckets);
    for (const [i, bag] of bags.entries()) {
      for (const [bucket, value] of bag) weight[bucket] = (weight[bucket] ?? 0) + (beta[i] ?? 0) * value;
    }
    return weight;
  };
  return {
    weights: (beta) => ({ weight: weightsOf(beta), bias: 0 }),
    addProduct(beta, to) {
      const weight = weightsOf(beta);
      for (const [i, bag] of bags.entries()) {
        for (const [bucket, value] of bag) to[i] = (to[i] ?? 0) + value * (weight[bucket] ?? 0);
      }
    },
    addGram(to) {
      const n = answers.length;
      const postings = new Map<number, { row: number; value: number }[]>();
      for (const [row, bag] of bags.entries()) {
        for (const [bucket, value] of bag) {
          const list = postings.get(bucket);
          if (list) list.push({ row, value });
          else postings.set(bucket, [{ row, value }]);
        }
      }
      for (const list of postings.values()) {
        for (const one of list) {
          const from = one.row * n;
          for (const other of list) to[from + other.row] = (to[from + other.row] ?? 0) + one.value * other.value;
        }
      }
    },
  };
}

/** X·Xᵀ of several blocks side by side: the sum of theirs. */
export function gramOf(tables: readonly BlockTable[], answers: number, most = mostAnswers): Gram {
  return answers <= most ? storedGram(tables, answers) : computedGram(tables, answers);
}

function computedGram(tables: readonly BlockTable[], size: number): Gram {
  return {
    size,
    apply(vector) {
      const result = new Float64Array(size);
      for (const table of tables) table.addProduct(vector, result);
      return result;
    },
  };
}

function storedGram(tables: readonly BlockTable[], answers: number): Gram {
  const matrix = new Float32Array(answers * answers);
  for (const table of tables) table.addGram(matrix);
  return {
    size: answers,
    apply(vector) {
      const result = new Float64Array(answers);
      // Only answers of the pairs that are fitted have a part: the rest of the row is zero.
      const used = [...vector.keys()].filter((i) => vector[i] !== 0);
      const own = Int32Array.from(used);
      for (let i = 0; i < answers; i++) {
        const from = i * answers;
        let sum = 0;
        for (let at = 0; at < own.length; at++) {
          const j = own[at] ?? 0;
          sum += (matrix[from + j] ?? 0) * (vector[j] ?? 0);
        }
        result[i] = sum;
      }
      return result;
    },
  };
}
