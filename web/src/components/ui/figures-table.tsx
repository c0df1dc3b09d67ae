import type { ReactNode } from "react";
import { cn } from "@/lib/class-names";

export type Column = {
  label: string;
  /** Words, not figures: they begin at the left. */
  words?: boolean;
};

export type Row = { key: string; cells: readonly ReactNode[] };

type FiguresTableProps = { name: string; caption: ReactNode; columns: readonly Column[]; rows: readonly Row[] };

/** Figures in columns. Where they do not fit, the table scrolls by itself, and the first column stays in sight. */
export function FiguresTable({ name, caption, columns, rows }: FiguresTableProps) {
  return (
    <div tabIndex={0} role="group" aria-label={name} className="overflow-x-auto rounded-lg border bg-card">
      <table className="figures w-full text-sm">
        <caption className="px-4 pt-3 text-left text-[0.9375rem] font-medium">
          <span className="sticky left-4 inline-block">{caption}</span>
        </caption>
        <thead>
          <tr className="border-b text-muted-foreground">
            {columns.map(({ label, words }, place) => (
              <th
                key={label}
                scope="col"
                className={cn("px-4 py-2 font-medium", words ? "text-left" : "text-right", place === 0 && firstClasses)}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-b last:border-0">
              <th scope="row" className={cn("px-4 py-2 text-left font-normal", firstClasses)}>
                <div className="w-max max-w-34 wrap-anywhere sm:max-w-52">{cells[0]}</div>
              </th>
              {cells.slice(1).map((cell, place) => (
                <td
                  key={columns[place + 1]?.label}
                  className={cn("px-4 py-2", columns[place + 1]?.words ? "min-w-36 text-left" : "text-right whitespace-nowrap")}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const firstClasses = "sticky left-0 bg-card";
