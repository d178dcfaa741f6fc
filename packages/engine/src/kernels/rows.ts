import type { TensorInfo } from "@tensorflow/tfjs";
import { sizeOf, useStock, type WasmKernel } from "./kernel.ts";

/** Identity without a copy: one more reference to the same values, as the plain JavaScript back end does it. */
export const identity: WasmKernel = {
  name: "Identity",
  run(heap, inputs) {
    const { dataId, shape, dtype } = inputs("x");
    heap.backend.incRef(dataId);
    return { dataId, shape, dtype };
  },
};

/** SplitV: pieces of every row are copied as a whole; the stock kernel slices value by value along the last axis. */
export const split: WasmKernel = {
  name: "SplitV",
  run(heap, inputs, { numOrSizeSplits, axis }) {
    const x = inputs("x");
    if (!fourBytes(x) || typeof axis !== "number") return useStock;
    const at = axis < 0 ? axis + x.shape.length : axis;
    const extent = x.shape[at] ?? 0;
    const sizes = splitSizes(numOrSizeSplits, extent);
    if (sizes === undefined) return useStock;
    const inner = sizeOf(x.shape.slice(at + 1));
    const outer = sizeOf(x.shape.slice(0, at));
    let offset = 0;
    return sizes.map((size) => {
      const out = heap.output(x.shape.with(at, size), x.dtype);
      const from = heap.address(x) + 4 * offset * inner;
      heap.call("copy_rows", from, extent * inner, out.address, size * inner, outer, size * inner);
      offset += size;
      return out.info;
    });
  },
};

/** Sizes of the pieces along the axis; one of them may be −1 for the rest. */
function splitSizes(wanted: unknown, extent: number): number[] | undefined {
  if (typeof wanted === "number")
    return Number.isInteger(extent / wanted) ? Array(wanted).fill(extent / wanted) : undefined;
  if (!Array.isArray(wanted)) return undefined;
  const sizes = wanted.map(Number);
  const rest = extent - sizes.reduce((sum, size) => sum + Math.max(size, 0), 0);
  const filled = sizes.map((size) => (size < 0 ? rest : size));
  return filled.reduce((sum, size) => sum + size, 0) === extent ? filled : undefined;
}

/** Concat of equally typed tensors along any axis, row by row. */
export const concat: WasmKernel = {
  name: "Concat",
  run(heap, _inputs, { axis }, all) {
    const [first] = all;
    if (first === undefined || typeof axis !== "number") return useStock;
    if (!all.every((tensor) => fourBytes(tensor) && tensor.dtype === first.dtype)) return useStock;
    const at = axis < 0 ? axis + first.shape.length : axis;
    const inner = sizeOf(first.shape.slice(at + 1));
    const outer = sizeOf(first.shape.slice(0, at));
    const extent = all.reduce((sum, { shape }) => sum + (shape[at] ?? 0), 0);
    const out = heap.output(first.shape.with(at, extent), first.dtype);
    let offset = 0;
    for (const tensor of all) {
      const width = (tensor.shape[at] ?? 0) * inner;
      heap.call("copy_rows", heap.address(tensor), width, out.address + 4 * offset, extent * inner, outer, width);
      offset += width;
    }
    return out.info;
  },
};

function fourBytes({ dtype }: TensorInfo): boolean {
  return dtype === "float32" || dtype === "int32";
}
