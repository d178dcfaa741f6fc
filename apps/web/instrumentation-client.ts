// Zod probes for `eval` when it compiles a schema; under our content security policy the browser would report that. This is
// where `z.config` keeps its settings: importing zod to call it would bring it to pages that have no schema.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
