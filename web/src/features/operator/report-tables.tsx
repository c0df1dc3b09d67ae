import type { DayUse, ModelUse, Report, Spread, UserUse } from "./use-report";
import { Badge } from "@/components/ui/badge";
import { type Column, FiguresTable, type Row } from "@/components/ui/figures-table";
import { costLabel, countLabel, faultsLabel, NONE, shareLabel } from "@/lib/figures";

/** The same calls three times: by day, by what they were for, by whose they were. */
export function ReportTables({ report }: { report: Report }) {
  const { days, models, models_in_all, users, users_in_all } = report;
  if (days.length === 0) {
    return <p className="text-lg text-muted-foreground">No model was called in these days.</p>;
  }
  return (
    <>
      <FiguresTable name="By day" caption="By day" columns={dayColumns} rows={days.map(dayRow)} />
      <FiguresTable
        name="By mode and model"
        caption={`By mode and model${among(models.length, models_in_all)}`}
        columns={modelColumns}
        rows={models.map(modelRow)}
      />
      <FiguresTable
        name="By user"
        caption={`By user${among(users.length, users_in_all)}`}
        columns={userColumns}
        rows={users.map(userRow)}
      />
      <Notes />
    </>
  );
}

function among(shown: number, all: number): string {
  return shown < all ? `, the ${countLabel(shown)} of ${countLabel(all)} with the most tokens` : "";
}

const amountColumns: Column[] = [{ label: "Calls" }, { label: "Read" }, { label: "Cached" }, { label: "Written" }, { label: "Cost" }];

type Amount = Pick<DayUse, "calls" | "input_tokens" | "cached_tokens" | "output_tokens" | "cost_usd">;

function amountCells({ calls, input_tokens, cached_tokens, output_tokens, cost_usd }: Amount): string[] {
  return [...[calls, input_tokens, cached_tokens, output_tokens].map(countLabel), costLabel(cost_usd)];
}

const dayColumns: Column[] = [{ label: "Day", words: true }, { label: "Users" }, ...amountColumns, { label: "With a fault" }];

function dayRow(use: DayUse): Row {
  const cells = [
    <time key="day" dateTime={use.day} className="whitespace-nowrap">
      {use.day}
    </time>,
    countLabel(use.users),
    ...amountCells(use),
    faulty(use),
  ];
  return { key: use.day, cells };
}

function faulty({ faulty_calls, calls }: { faulty_calls: number; calls: number }): string {
  return faulty_calls === 0 ? NONE : `${countLabel(faulty_calls)} (${shareLabel(faulty_calls, calls)})`;
}

const modelColumns: Column[] = [
  { label: "Model, mode", words: true },
  ...amountColumns,
  { label: "First words" },
  { label: "Whole call" },
  { label: "With a fault", words: true },
];

function modelRow(use: ModelUse): Row {
  const what = (
    <>
      <span className="font-medium">{use.model}</span> {use.own && <Badge>own</Badge>}
      <span className="block text-muted-foreground">{use.mode.replaceAll("_", " ")}</span>
    </>
  );
  const cells = [what, ...amountCells(use), spread(use.first_text), spread(use.whole_call), whichFaults(use)];
  return { key: `${use.mode} ${use.model} ${use.own}`, cells };
}

function whichFaults(use: ModelUse) {
  return (
    <>
      {faulty(use)}
      {use.faulty_calls > 0 && <span className="block text-muted-foreground">{faultsLabel(use.faults)}</span>}
      {use.thrown_away > 0 && (
        <span className="block text-muted-foreground">not needed: {countLabel(use.thrown_away)}</span>
      )}
    </>
  );
}

function spread(seconds: Spread | null): string {
  return seconds === null ? NONE : `${seconds.p50_s.toFixed(1)} / ${seconds.p95_s.toFixed(1)} s`;
}

const userColumns: Column[] = [
  { label: "User", words: true },
  { label: "Calls" },
  { label: "Read" },
  { label: "Written" },
  { label: "Cost" },
  { label: "Own: calls" },
  { label: "Own: read" },
  { label: "Own: written" },
  { label: "Own: cost" },
];

function userRow({ username, shared, own }: UserUse, rank: number): Row {
  const cells = [shared, own].flatMap((use) => [
    ...[use.calls, use.input_tokens, use.output_tokens].map(countLabel),
    costLabel(use.cost_usd),
  ]);
  return { key: String(rank), cells: [username ?? "a name that cannot be read", ...cells] };
}

function Notes() {
  return (
    <ul className="flex max-w-3xl list-disc flex-col gap-1 pl-5 text-[0.9375rem] text-muted-foreground">
      <li>A call that went from one provider to the next counts once for each of them.</li>
      <li>Seconds: half of the calls took at most the first number, 95 of a hundred at most the second.</li>
      <li>“Own” are providers that users entered themselves; the budget does not count them.</li>
      <li>Costs are estimates; “–” stands where no price is set for the model.</li>
      <li>“Not needed” are turns prepared while somebody typed, and then passed over.</li>
      <li>Deleted accounts are gone from these tables. Today’s budget still counts what they used.</li>
    </ul>
  );
}
