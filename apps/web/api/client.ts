import { createClient } from "@touchstone/api-client";

/** The API on this page's own origin. */
export const api = createClient({ baseUrl: "" });
