import { routes } from "@touchstone/contracts";
import ts from "typescript";
import { FlatTypes } from "./flat-types.ts";

/** A call's parts, in the order in which they are read. */
const parts = ["params", "query", "body", "upload"] as const;

/**
 * The package's declarations, by file name. Its own are what the compiler makes of them; what they take from the
 * contracts is written out flat, so that the package depends on nothing.
 *
 * @param entry the package's index.ts
 * @throws Error with what the compiler says, if the sources have faults
 */
export function declarationsOf(entry: string, options: ts.CompilerOptions): ReadonlyMap<string, string> {
  const program = ts.createProgram([entry], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
  });
  const index = program.getSourceFile(entry);
  if (!index) throw new Error(`There is no ${entry}.`);
  const faults = program.getSemanticDiagnostics(index);
  if (faults.length > 0) throw new Error(ts.formatDiagnostics(faults, hostOf(program)));

  const folder = entry.slice(0, entry.lastIndexOf("/") + 1);
  const own = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(folder));
  const files = new Map(
    own.map((file) => [declarationName(file.fileName.slice(folder.length)), emitted(program, file)]),
  );
  const flat = new FlatTypes(program, index);
  files.set("call-types.d.ts", callTypes(program, index, flat));
  // Whoever is no part of the public face is no part of the package.
  const reached = reachedFrom("index.d.ts", files);
  for (const name of files.keys()) if (!reached.has(name)) files.delete(name);
  const taken = new Set([...files.values()].flatMap(takenFromContracts));
  files.set("contracts.d.ts", contractTypes(program, folder, taken, flat));
  return new Map([...files].map(([name, text]) => [name, toPublished(text)]));
}

const declarationName = (name: string) => name.replace(/\.ts$/, ".d.ts");

function emitted(program: ts.Program, file: ts.SourceFile): string {
  let text = "";
  program.emit(
    file,
    (_, written) => {
      text = written;
    },
    undefined,
    true,
  );
  return text;
}

function reachedFrom(name: string, files: ReadonlyMap<string, string>, reached = new Set<string>()): Set<string> {
  if (reached.has(name)) return reached;
  reached.add(name);
  for (const [, next] of (files.get(name) ?? "").matchAll(/from "\.\/([^"]+)"/g)) {
    if (next !== undefined) reachedFrom(declarationName(next), files, reached);
  }
  return reached;
}

/** Names in `import type { … } from "@touchstone/contracts"`, and those passed on. */
function takenFromContracts(text: string): string[] {
  const imports = [...text.matchAll(/(?:import|export) (?:type )?\{([^}]*)\} from "@touchstone\/contracts"/g)];
  return imports
    .flatMap(([, names = ""]) => names.split(",").map((name) => name.replace(/\btype\b/, "").trim()))
    .filter(Boolean);
}

const toPublished = (text: string) =>
  text
    .replaceAll(/from "\.\/([^"]+)\.ts"/g, 'from "./$1.js"')
    .replaceAll('"@touchstone/contracts"', '"./contracts.js"');

/** `Client` as an interface with a documented method for each route, which whoever calls it can read. */
function callTypes(program: ts.Program, index: ts.SourceFile, flat: FlatTypes): string {
  const checker = program.getTypeChecker();
  const client = exported(checker, index, "Client");
  const methods = Object.entries(routes).map(([name, route]) => {
    const method = checker.getPropertyOfType(client, name);
    if (!method) throw new Error(`The client has no ${name}.`);
    const [signature] = checker.getSignaturesOfType(checker.getTypeOfSymbol(method), ts.SignatureKind.Call);
    if (!signature) throw new Error(`${name} can't be called.`);
    const answer = flat.text(checker.getReturnTypeOfSignature(signature));
    const [input] = signature.getParameters();
    const given = input ? checker.getTypeOfSymbol(input) : undefined;
    const declared = input?.valueDeclaration;
    const optional = declared !== undefined && ts.isParameter(declared) && checker.isOptionalParameter(declared);
    return `  /** ${route.summary}. \`${route.method} ${route.path}\` */\n  ${name}(input${optional ? "?" : ""}: ${inputText(checker, given, flat)}, options?: CallOptions): ${answer};`;
  });
  return `import type { CallOptions } from "./call-options.ts";
import type { ${[...flat.named.keys()].join(", ")}, RouteName } from "@touchstone/contracts";
/** One method a route, by the route's name. */
export interface Client {
${methods.join("\n")}
}
/** What a route's method is given. */
export type CallInput<K extends RouteName> = NonNullable<Parameters<Client[K]>[0]>;
/** The parsed body; nothing for 204; the untouched \`Response\` for a streamed download. */
export type CallOutput<K extends RouteName> = Awaited<ReturnType<Client[K]>>;
`;
}

function inputText(checker: ts.TypeChecker, given: ts.Type | undefined, flat: FlatTypes): string {
  const input = given && checker.getNonNullableType(given);
  const members = parts.flatMap((part) => {
    const property = input && checker.getPropertyOfType(input, part);
    if (!property) return [];
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    return [`readonly ${part}${optional ? "?" : ""}: ${flat.text(checker.getTypeOfSymbol(property))}`];
  });
  return members.length === 0 ? "Record<string, never>" : `{ ${members.join("; ")} }`;
}

function contractTypes(program: ts.Program, folder: string, taken: ReadonlySet<string>, flat: FlatTypes): string {
  const checker = program.getTypeChecker();
  const contracts = contractsIndex(program, `${folder}create-client.ts`);
  const types = [...taken]
    .filter((name) => !flat.named.has(name))
    .map((name) => `export type ${name} = ${flat.text(exported(checker, contracts, name))};`);
  return [...types, ...[...flat.named].map(([name, text]) => `export type ${name} = ${text};`), ""].join("\n");
}

function contractsIndex(program: ts.Program, from: string): ts.SourceFile {
  const { resolvedModule } = ts.resolveModuleName("@touchstone/contracts", from, program.getCompilerOptions(), ts.sys);
  const file = resolvedModule && program.getSourceFile(resolvedModule.resolvedFileName);
  if (!file) throw new Error("The contracts were not found.");
  return file;
}

function exported(checker: ts.TypeChecker, file: ts.SourceFile, name: string): ts.Type {
  const module = checker.getSymbolAtLocation(file);
  const symbol = module && checker.getExportsOfModule(module).find((each) => each.name === name);
  if (!symbol) throw new Error(`${file.fileName} exports no ${name}.`);
  const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  return checker.getDeclaredTypeOfSymbol(meant);
}

const hostOf = (program: ts.Program): ts.FormatDiagnosticsHost => ({
  getCurrentDirectory: () => program.getCurrentDirectory(),
  getCanonicalFileName: (name) => name,
  getNewLine: () => "\n",
});
