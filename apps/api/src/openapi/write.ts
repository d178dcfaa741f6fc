import { writeFileSync } from "node:fs";
import { callModule } from "./calls.ts";
import { openApiDocument } from "./document.ts";

/** `npm run openapi`: writes anew what is committed and derived from the route table; tests fail when it lags behind. */
writeFileSync(new URL("../../openapi.json", import.meta.url), `${JSON.stringify(openApiDocument(), null, 2)}\n`);
writeFileSync(new URL("../../../../packages/contracts/src/routes/calls.ts", import.meta.url), callModule());
