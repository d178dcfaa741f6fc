import type { ClusteredMean } from "@touchstone/rlhf";

/** "2.450 [2.310, 2.590]" */
export const intervalInWords = ({ mean, low, high }: ClusteredMean) =>
  `${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
