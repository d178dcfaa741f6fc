import { writeFileSync } from "node:fs";
import { openApiDocument } from "./document.ts";

/** `npm run openapi`: writes the committed description anew; a test fails when it lags behind the route table. */
writeFileSync(new URL("../../openapi.json", import.meta.url), `${JSON.stringify(openApiDocument(), null, 2)}\n`);
