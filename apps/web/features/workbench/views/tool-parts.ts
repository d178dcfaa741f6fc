import { lazyPart } from "../../../components/lazy-part.ts";

const load = () => import("./tools/parts.ts");

/** Fetched with the first call of a tool, or the first trajectory. */
export const ToolTurn = lazyPart(() => load().then((file) => file.ToolTurn));
export const TrajectoryView = lazyPart(() => load().then((file) => file.TrajectoryView));
