export { ToolTurn } from "./tool-turn.tsx";
export { TrajectoryView } from "./trajectory-view.tsx";
