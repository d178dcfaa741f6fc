import { expect, test } from "vitest";
import { kernelEngines } from "../kernel-engines.fixture.ts";
import { openEngine } from "../open-engine.ts";
import { currentHeap } from "./install.ts";

test("kernels work in the upper half of the heap; when it is full an allocation says so, and the engine goes on", async () => {
  const { tf } = await openEngine({ prefer: "wasm" });
  const heap = currentHeap(tf);
  if (heap === undefined) throw new Error("the WebAssembly engine did not open");
  const product = () => [...tf.tidy(() => tf.matMul(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])).dataSync())];
  // 1 GB each, never written to, so that the operating system gives no pages for them.
  const gigabyte = () => heap.output([250_000_000], "float32");
  const taken = [gigabyte(), gigabyte(), gigabyte()];
  const high = (taken.at(-1)?.address ?? 0) + 500_000_000;
  expect(high).toBeGreaterThan(2 ** 31);
  const [row, column] = [tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]])];
  for (const { engine } of kernelEngines.filter(({ missing }) => !missing)) {
    await openEngine({ prefer: engine });
    // Work space lies up there as well: it is allocated when all below is taken.
    const scratch = heap.scratch(heap.call("matmul_scratch"));
    heap.call("copy_rows", heap.address(row), 1, high, 1, 1, 1);
    heap.call("matmul", heap.address(row), heap.address(column), high, 1, 1, 2, 0, 0, scratch);
    expect(heap.call("sum_of_squares", high, 1)).toBe(121);
  }
  taken.push(gigabyte());
  expect(gigabyte).toThrow("the WebAssembly heap (at most 4 GB) has no 1000000000 bytes left");
  // Work space that did not grow is no work space: what is given back must not be written to.
  heap.scratch(1_000);
  expect(() => heap.scratch(250_000_000)).toThrow("has no 1000000000 bytes left");
  const reused = heap.allocate(1_000);
  expect(heap.scratch(1_000)).not.toBe(reused);
  heap.free(reused);
  for (const { info } of taken) heap.backend.disposeData(info.dataId);
  expect(product()).toEqual([11]);
});
