import { apiFaults } from "./api-faults.ts";
import { diskFaults } from "./disk-faults.ts";
import { processFaults } from "./process-faults.ts";
import type { Measured } from "./under-load.ts";

const parts = { processes: processFaults, disks: diskFaults, apis: apiFaults };
export type FaultPart = keyof typeof parts;

/** A row for each fault under sixteen annotators. @returns whether nothing was lost, doubled or broken in any */
export async function faultsTable(wanted: readonly FaultPart[]): Promise<boolean> {
  let all = true;
  const write = (...cells: (string | number)[]) => process.stdout.write(`| ${cells.join(" | ")} |\n`);
  write("Fault", "Acknowledged", "Lost", "Doubled", "Longest silence", "Tried again", "Guarantees");
  write(...Array<string>(7).fill("---"));
  const tell = ({ fault, acknowledged, lost, doubled, silence, troubles, broken }: Measured) => {
    all &&= lost === 0 && doubled === 0 && broken.length === 0;
    write(fault, acknowledged, lost, doubled, `${silence.toFixed(1)} s`, troubles, broken.join("; ") || "hold");
  };
  const skip = (fault: string, why: string) => write(fault, `skipped: ${why}`, "", "", "", "", "");
  for (const name of wanted) await parts[name](tell, skip);
  return all;
}
