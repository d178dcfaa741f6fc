import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface Column<Row> {
  readonly id: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand right. */
  readonly numeric?: boolean;
  /** Long text may break; everything else stays on one line and the table scrolls. */
  readonly wrap?: boolean;
  /** Not on phones. */
  readonly wide?: boolean;
  /** Names its row, and stays where it is while the table scrolls. */
  readonly names?: boolean;
  /** The cell's own content fills it. */
  readonly filled?: boolean;
}

interface TableProps<Row> {
  /** What the table holds; names the scrolling region. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
}

/** Hairlines only, rows 39 high, and a region of its own to scroll in, which the keyboard can reach. */
export function Table<Row>({ label, columns, rows, rowKey }: TableProps<Row>): ReactNode {
  const place = (column: Column<Row>): string =>
    classNames(
      !column.filled && "px-3 first:pl-4 last:pr-4",
      column.names && "sticky left-0 bg-surface font-normal",
      column.numeric ? "text-right tabular-nums" : "text-left",
      column.wide && "max-md:hidden",
    );
  return (
    // What scrolls must be reachable by keyboard (WCAG 2.1.1), so this region takes the focus.
    // A figure and no landmark: the card around it is one, of the same name.
    <figure className="overflow-x-auto" tabIndex={0} aria-label={label}>
      <table className="w-full border-collapse">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={classNames(
                  place(column),
                  column.filled && "px-2",
                  "border-b border-line py-1.5 text-xs font-normal whitespace-nowrap text-ink-3",
                )}
              >
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line last:border-b-0 hover:bg-sunken">
              {columns.map((column) => {
                const className = classNames(
                  place(column),
                  column.filled ? "h-9.75 p-0" : "h-9.75 py-1.5",
                  !column.wrap && "whitespace-nowrap",
                );
                return column.names ? (
                  <th key={column.id} scope="row" className={className}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} className={className}>
                    {column.cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
