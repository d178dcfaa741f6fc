import type { TensorInfo } from "@tensorflow/tfjs";
import type { Heap } from "./heap.ts";
import { type Inputs, sizeOf, type WasmKernel } from "./kernel.ts";

export const swigluKernel: WasmKernel = {
  name: "TouchstoneSwiglu",
  run(heap, inputs) {
    const gate = inputs("gate");
    const out = heap.output(gate.shape, "float32");
    heap.call("swiglu", heap.address(gate), heap.address(inputs("up")), out.address, sizeOf(gate.shape));
    return out.info;
  },
};

/** → [dgate, dup] */
export const swigluGradientKernel: WasmKernel = {
  name: "TouchstoneSwigluGradient",
  run(heap, inputs) {
    const gate = inputs("gate");
    const dgate = heap.output(gate.shape, "float32");
    const dup = heap.output(gate.shape, "float32");
    const given = [inputs("dy"), gate, inputs("up")].map(heap.address);
    heap.call("swiglu_gradient", ...given, dgate.address, dup.address, sizeOf(gate.shape));
    return [dgate.info, dup.info];
  },
};

export const geluKernel: WasmKernel = {
  name: "TouchstoneGelu",
  run(heap, inputs) {
    const x = inputs("x");
    const out = heap.output(x.shape, "float32");
    heap.call("gelu", heap.address(x), out.address, sizeOf(x.shape));
    return out.info;
  },
};

export const geluGradientKernel: WasmKernel = {
  name: "TouchstoneGeluGradient",
  run(heap, inputs) {
    const x = inputs("x");
    const dx = heap.output(x.shape, "float32");
    heap.call("gelu_gradient", heap.address(inputs("dy")), heap.address(x), dx.address, sizeOf(x.shape));
    return dx.info;
  },
};

/** Turns the pairs of x (batch, positions, heads, size), for `rotary`. */
export const rotaryKernel: WasmKernel = {
  name: "TouchstoneRotary",
  run: (heap, inputs, { interleaved }) => turn(heap, inputs("x"), inputs, interleaved === true, 1),
};

/** The gradient of a rotation is the rotation back. */
export const rotaryGradientKernel: WasmKernel = {
  name: "TouchstoneRotaryGradient",
  run: (heap, inputs, { interleaved }) => turn(heap, inputs("dy"), inputs, interleaved === true, -1),
};

function turn(heap: Heap, x: TensorInfo, inputs: Inputs, interleaved: boolean, direction: 1 | -1): TensorInfo {
  const cosine = inputs("cosine");
  const [batch = 0, positions = 0, heads = 0, size = 0] = x.shape;
  const out = heap.output(x.shape, "float32");
  const given = [x, cosine, inputs("sine")].map(heap.address);
  const batchStep = cosine.shape.length === 3 ? (positions * size) / 2 : 0;
  const how = [batchStep, Number(interleaved), direction];
  heap.call("rotary", ...given, out.address, batch, positions, heads, size, ...how);
  return out.info;
}
