import { sizeOf, useStock, type WasmKernel } from "./kernel.ts";

/** GatherV2 along the first axis, the look-up of embeddings: whole rows are copied. Other axes stay with the stock kernel. */
export const gather: WasmKernel = {
  name: "GatherV2",
  run(heap, inputs, { axis, batchDims }) {
    const x = inputs("x");
    const indices = inputs("indices");
    const fourBytes = x.dtype === "float32" || x.dtype === "int32";
    if (axis !== 0 || (batchDims ?? 0) !== 0 || !fourBytes || indices.dtype !== "int32") return useStock;
    const [available = 0, ...rowShape] = x.shape;
    const rows = sizeOf(indices.shape);
    const out = heap.output([...indices.shape, ...rowShape], x.dtype);
    const bad = heap.call(
      "gather_rows",
      heap.address(x),
      heap.address(indices),
      out.address,
      rows,
      sizeOf(rowShape),
      available,
    );
    if (bad >= 0) {
      heap.backend.disposeData(out.info.dataId);
      throw new RangeError(`gather: the index at position ${bad} is not in [0, ${available - 1}]`);
    }
    return out.info;
  },
};

/** UnsortedSegmentSum, the gradient of gather; the stock back end has none. */
export const segmentSum: WasmKernel = {
  name: "UnsortedSegmentSum",
  run(heap, inputs, { numSegments }) {
    const x = inputs("x");
    const segments = inputs("segmentIds");
    if (x.dtype !== "float32" || segments.dtype !== "int32" || typeof numSegments !== "number") return useStock;
    const rows = sizeOf(segments.shape);
    const rowShape = x.shape.slice(segments.shape.length);
    const out = heap.output([numSegments, ...rowShape], "float32");
    heap.call("segment_sum", heap.address(x), heap.address(segments), out.address, rows, sizeOf(rowShape), numSegments);
    return out.info;
  },
};
