import { numberOf, sizeOf, type WasmKernel } from "./kernel.ts";

/** → [out, 1/√(mean(x²) + ε) of every row], for `rmsNorm`. */
export const rmsNormKernel: WasmKernel = {
  name: "TouchstoneRmsNorm",
  run(heap, inputs, attributes) {
    const x = inputs("x");
    const size = x.shape.at(-1) ?? 1;
    const rows = size === 0 ? 0 : sizeOf(x.shape) / size;
    const out = heap.output(x.shape, "float32");
    const inverse = heap.output([rows], "float32");
    const epsilon = numberOf(attributes, "epsilon");
    heap.call(
      "rms_norm",
      heap.address(x),
      heap.address(inputs("gain")),
      out.address,
      inverse.address,
      rows,
      size,
      epsilon,
    );
    return [out.info, inverse.info];
  },
};

/** → [dx, dgain] */
export const rmsNormGradientKernel: WasmKernel = {
  name: "TouchstoneRmsNormGradient",
  run(heap, inputs) {
    const x = inputs("x");
    const gain = inputs("gain");
    const size = x.shape.at(-1) ?? 1;
    const rows = size === 0 ? 0 : sizeOf(x.shape) / size;
    const dx = heap.output(x.shape, "float32");
    const dgain = heap.output(gain.shape, "float32");
    const given = [inputs("dy"), x, gain, inputs("inverse")].map(heap.address);
    heap.call("rms_norm_gradient", ...given, dx.address, dgain.address, rows, size);
    return [dx.info, dgain.info];
  },
};

/** → [out, mean(x) of every row, 1/√(var(x) + ε) of every row], for `layerNorm`. */
export const layerNormKernel: WasmKernel = {
  name: "TouchstoneLayerNorm",
  run(heap, inputs, attributes) {
    const x = inputs("x");
    const size = x.shape.at(-1) ?? 1;
    const rows = size === 0 ? 0 : sizeOf(x.shape) / size;
    const made = [heap.output(x.shape, "float32"), heap.output([rows], "float32"), heap.output([rows], "float32")];
    const given = [x, inputs("gain"), inputs("bias")].map(heap.address);
    const epsilon = numberOf(attributes, "epsilon");
    heap.call("layer_norm", ...given, ...made.map(({ address }) => address), rows, size, epsilon);
    return made.map(({ info }) => info);
  },
};

/** → [dx, dgain, dbias] */
export const layerNormGradientKernel: WasmKernel = {
  name: "TouchstoneLayerNormGradient",
  run(heap, inputs) {
    const x = inputs("x");
    const gain = inputs("gain");
    const size = x.shape.at(-1) ?? 1;
    const rows = size === 0 ? 0 : sizeOf(x.shape) / size;
    const made = [x.shape, gain.shape, gain.shape].map((shape) => heap.output(shape, "float32"));
    const given = [inputs("dy"), x, gain, inputs("mean"), inputs("inverse")].map(heap.address);
    heap.call("layer_norm_gradient", ...given, ...made.map(({ address }) => address), rows, size);
    return made.map(({ info }) => info);
  },
};

/** → [log-probability of each row's token, logΣexp of each row], for `tokenLogProbs`. */
export const tokenLogProbsKernel: WasmKernel = {
  name: "TouchstoneTokenLogProbs",
  run(heap, inputs) {
    const logits = inputs("logits");
    const [rows = 0, vocabulary = 0] = logits.shape;
    const out = heap.output([rows], "float32");
    const normaliser = heap.output([rows], "float32");
    const given = [logits, inputs("tokens")].map(heap.address);
    const bad = heap.call("token_log_probs", ...given, out.address, normaliser.address, rows, vocabulary);
    if (bad >= 0) {
      heap.backend.disposeData(out.info.dataId);
      heap.backend.disposeData(normaliser.info.dataId);
      throw new RangeError(`the token at position ${bad} is not in a vocabulary of ${vocabulary}`);
    }
    return [out.info, normaliser.info];
  },
};

export const tokenLogProbsGradientKernel: WasmKernel = {
  name: "TouchstoneTokenLogProbsGradient",
  run(heap, inputs) {
    const logits = inputs("logits");
    const [rows = 0, vocabulary = 0] = logits.shape;
    const dlogits = heap.output(logits.shape, "float32");
    const given = [inputs("dy"), logits, inputs("tokens"), inputs("normaliser")].map(heap.address);
    heap.call("token_log_probs_gradient", ...given, dlogits.address, rows, vocabulary);
    return dlogits.info;
  },
};
