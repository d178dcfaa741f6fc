export { SheetAnswers } from "./sheet-answers.tsx";
export { SheetFoot } from "./sheet-foot.tsx";
