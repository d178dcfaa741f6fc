import type { SchemaElement } from "hyparquet-writer";
import type { Column, ColumnType } from "./column.ts";

/** The columns as Parquet has them, depth first; each may be absent from a row. */
export function schemaOf(columns: readonly Column[]): SchemaElement[] {
  return [
    { name: "schema", num_children: columns.length },
    ...columns.flatMap(({ name, type }) => element(name, type)),
  ];
}

const optional = { repetition_type: "OPTIONAL" } as const;

function element(name: string, type: ColumnType): SchemaElement[] {
  switch (type) {
    case "text":
    case "json":
      return [{ name, ...optional, type: "BYTE_ARRAY", converted_type: "UTF8" }];
    case "number":
      return [{ name, ...optional, type: "DOUBLE" }];
    case "integer":
      return [{ name, ...optional, type: "INT32" }];
    case "boolean":
      return [{ name, ...optional, type: "BOOLEAN" }];
  }
  if ("list" in type) {
    // The three levels that parquet-format's LogicalTypes.md asks for, under the names that it gives them.
    return [
      { name, ...optional, num_children: 1, converted_type: "LIST" },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      ...element("element", type.list),
    ];
  }
  const fields = Object.entries(type.fields);
  return [{ name, ...optional, num_children: fields.length }, ...fields.flatMap(([key, of]) => element(key, of))];
}
