import { z } from "zod";

// Zod probes for `eval` when it compiles a schema; under our content security policy the browser would report that.
z.config({ jitless: true });
