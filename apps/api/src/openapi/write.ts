import { writeFileSync } from "node:fs";
import { callModule, staffCallModule } from "./calls.ts";
import { openApiDocument } from "./document.ts";

/** `npm run openapi`: writes anew what is committed and derived from the route table; tests fail when it lags behind. */
writeFileSync(new URL("../../openapi.json", import.meta.url), `${JSON.stringify(openApiDocument(), null, 2)}\n`);
const tables = "../../../../packages/contracts/src/routes";
writeFileSync(new URL(`${tables}/calls.ts`, import.meta.url), callModule());
writeFileSync(new URL(`${tables}/staff-calls.ts`, import.meta.url), staffCallModule());
