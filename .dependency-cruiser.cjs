/**
 * Arrows point down; any other is an error. The table has the order of the one in ARCHITECTURE.md: each app or package
 * names the packages of ours that it may import, and all of them stand below it.
 */
const allowed = {
  "apps/web": ["api-client", "contracts", "labeling"],
  "apps/cli": [
    ...["contracts", "engine", "stack", "labeling", "practice", "datasets", "jobs", "rlhf", "persistence"],
    "api-client",
  ],
  "apps/worker": [
    "contracts",
    "engine",
    "stack",
    "labeling",
    "practice",
    "datasets",
    "jobs",
    "outgoing",
    "rlhf",
    "persistence",
  ],
  // The API process loads no TensorFlow, so it never reaches rlhf or engine.
  "apps/api": ["persistence", "outgoing", "jobs", "datasets", "labeling", "contracts"],
  "packages/api-client": ["contracts"],
  "packages/stack": [],
  "packages/jobs": ["contracts"],
  "packages/outgoing": ["contracts"],
  "packages/persistence": ["datasets", "labeling", "contracts"],
  "packages/practice": ["contracts"],
  "packages/rlhf": ["labeling", "engine", "contracts"],
  "packages/engine": [],
  "packages/datasets": ["labeling", "contracts"],
  "packages/labeling": ["contracts"],
  "packages/contracts": [],
};

const layers = Object.entries(allowed).map(([from, packages]) => {
  const self = from.startsWith("packages/") ? [from.slice("packages/".length)] : [];
  const reachable = [...packages, ...self].join("|") || "none";
  return {
    name: `arrows-of-${from.replace("/", "-")}`,
    severity: "error",
    from: { path: `^${from}/` },
    to: { path: "^packages/", pathNot: `^packages/(${reachable})/` },
  };
});

module.exports = {
  forbidden: [
    ...layers,
    {
      name: "apps-never-import-apps",
      severity: "error",
      from: { path: "^apps/([^/]+)/" },
      to: { path: "^apps/", pathNot: "^apps/$1/" },
    },
    {
      name: "no-deep-imports",
      severity: "error",
      from: { path: "^(apps|packages)/([^/]+)/" },
      to: { path: "^packages/[^/]+/src/", pathNot: ["^packages/[^/]+/src/index\\.ts$", "^$1/$2/"] },
    },
    { name: "packages-never-import-apps", severity: "error", from: { path: "^packages/" }, to: { path: "^apps/" } },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphan-resolution",
      severity: "error",
      comment: "The trees of Markdown and HTML are types only: their packages are @types/mdast and @types/hast.",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(mdast|hast)$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(node_modules|/dist/|/\\.next/|/generated/|next-env\\.d\\.ts$)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
