import { EvidenceList } from "./evidence-link";
import type { Remark } from "./scorecard-types";

type RemarksProps = { id: string; title: string; remarks: readonly Remark[]; none: string };

/** What went well, or what to improve: each sentence with what it rests on. */
export function Remarks({ id, title, remarks, none }: RemarksProps) {
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="text-xl font-semibold">
        {title}
      </h2>
      {remarks.length === 0 && <p className="mt-3 text-muted-foreground">{none}</p>}
      <ul className="mt-2">
        {remarks.map(({ text, evidence }) => (
          <li key={text} className="flex flex-col gap-1 border-b py-3.5 last:border-b-0">
            <p>{text}</p>
            <EvidenceList evidence={evidence} />
          </li>
        ))}
      </ul>
    </section>
  );
}
