import ts from "typescript";

const { NodeBuilderFlags: Flag } = ts;

/** Whole, without `…` where they are long, and with their own parts in place of the alias that they go by. */
const written = Flag.NoTruncation | Flag.InTypeAlias | Flag.UseStructuralFallback | Flag.IgnoreErrors;

/** Of these a program has its own, from the DOM or from Node. */
const platform = /\/node_modules\/(typescript\/lib|@types\/node|undici-types)\//;

/**
 * Types as they are once everything is worked out: plain objects, unions and literals, so that whoever reads them needs
 * neither our schemas nor the library that these are written with. What refers to itself, as JSON does, stays a type of
 * its own: `named` holds those, by name.
 */
export class FlatTypes {
  readonly named = new Map<string, string>();
  readonly #checker: ts.TypeChecker;
  readonly #file: ts.SourceFile;
  readonly #printer = ts.createPrinter();

  /** @param file one of the program's, needed to print at all */
  constructor(program: ts.Program, file: ts.SourceFile) {
    this.#checker = program.getTypeChecker();
    this.#file = file;
  }

  /** @throws Error if a type is neither the platform's nor has a name by which it could stand alone */
  text(type: ts.Type): string {
    const node = this.#checker.typeToTypeNode(type, undefined, written);
    if (!node) throw new Error(`TypeScript can't write down ${this.#checker.typeToString(type)}.`);
    return this.#printer.printNode(ts.EmitHint.Unspecified, this.#named(node), this.#file);
  }

  /** `import("…").Name` → `Name`, which is then written down beside. */
  #named(node: ts.TypeNode): ts.TypeNode {
    const { transformed } = ts.transform(node, [
      (context) => {
        const visit = (inner: ts.Node): ts.Node => {
          const one = ts.visitEachChild(inner, visit, context);
          const name = nameIn(one);
          if (!name) return one;
          this.#writeDown(name);
          return ts.isImportTypeNode(one) ? ts.factory.createTypeReferenceNode(name.text, one.typeArguments) : one;
        };
        return (outer) => ts.visitNode(outer, visit, ts.isTypeNode);
      },
    ]);
    return transformed[0] ?? node;
  }

  #writeDown(name: ts.Identifier): void {
    const symbol = symbolOf(name);
    const place = symbol?.declarations?.[0]?.getSourceFile().fileName;
    if (!symbol || place === undefined || platform.test(place) || this.named.has(name.text)) return;
    if (!(symbol.flags & (ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Interface))) {
      throw new Error(`The type ${name.text} of ${place} is no alias, so that it can't stand alone.`);
    }
    // Before it is written, since it may name itself.
    this.named.set(name.text, "");
    this.named.set(name.text, this.text(this.#checker.getDeclaredTypeOfSymbol(symbol)));
  }
}

/** The name that a type goes by. */
function nameIn(node: ts.Node): ts.Identifier | undefined {
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) return node.typeName;
  if (!ts.isImportTypeNode(node) || !node.qualifier) return undefined;
  return ts.isIdentifier(node.qualifier) ? node.qualifier : node.qualifier.right;
}

/** The node builder says of each name what it stands for; the library's types keep it to themselves. */
function symbolOf(name: ts.Identifier): ts.Symbol | undefined {
  const symbol: ts.Symbol | undefined = Reflect.get(name, "symbol");
  return symbol;
}
