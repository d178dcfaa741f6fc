import { expect, test } from "vitest";
import { reportOf, rowOf, tableOf } from "./report.ts";

const base = { case: "wasm-a", unit: "tokens/s", measure: "rate", missing: [] } as const;
const ours = [
  { label: "wasm, 1 worker", rounds: [90, 100, 110], memoryMb: 400 },
  { label: "wasm, 2 workers", rounds: [150, 160, 170], memoryMb: 700 },
];
const peers = [
  { label: "PyTorch 2, 1 thread", rounds: [200, 180, 220] },
  { label: "PyTorch 2, 2 threads", rounds: [190, 150, 170] },
];

test("a row holds the median of our fastest setting against the peer's fastest, each by name", () => {
  expect(rowOf({ ...base, ours, peers })).toEqual({
    case: "wasm-a",
    value: 160,
    unit: "tokens/s",
    peer: "PyTorch 2, 1 thread",
    peerValue: 200,
    ratio: 0.8,
    setting: "wasm, 2 workers",
    memoryMb: 700,
    rounds: { ours: [150, 160, 170], peer: [200, 180, 220] },
  });
});

test("without a peer our value stands, the ratio is null and why says it", () => {
  const row = rowOf({ ...base, ours, peers: [], missing: ["PyTorch can't be had"] });
  expect(row).toMatchObject({ value: 160, peer: null, peerValue: null, ratio: null, why: "PyTorch can't be had" });
});

test("an engine that can't be had has a row all the same, with the reason", () => {
  const row = rowOf({ ...base, case: "node-a", ours: [], peers, missing: ["tfjs-node: not installed"] });
  expect(row).toMatchObject({
    case: "node-a",
    value: null,
    peerValue: 200,
    ratio: null,
    why: "tfjs-node: not installed",
  });
});

test("the table has a line a case and tells every reason", () => {
  const rows = [
    rowOf({ ...base, ours, peers }),
    rowOf({ ...base, case: "b", ours: [], peers, missing: ["no engine"] }),
  ];
  const lines = tableOf(reportOf("train", rows)).split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[2]).toMatch(/^wasm-a +160 +tokens\/s +wasm, 2 workers +700 MB +PyTorch 2, 1 thread +200 +0\.80$/);
  expect(lines.at(-1)).toBe("b: no engine");
});
