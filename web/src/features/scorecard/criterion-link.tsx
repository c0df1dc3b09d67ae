import type { MouseEvent } from "react";
import { criterionPlace, type Dimension } from "./scorecard-types";

type CriterionLinkProps = { id: string; dimensions: readonly Dimension[] };

/** Leads to a criterion's place on the scorecard, and unfolds its dimension. */
export function CriterionLink({ id, dimensions }: CriterionLinkProps) {
  const dimension = dimensions.find(({ criteria }) => criteria.some((one) => one.id === id));
  const criterion = dimension?.criteria.find((one) => one.id === id);
  if (!dimension || !criterion) return null;

  function go(event: MouseEvent) {
    const place = document.getElementById(criterionPlace(id));
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    place.closest("details")?.setAttribute("open", "");
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }
  return (
    <a
      href={`#${criterionPlace(id)}`}
      onClick={go}
      className="self-start rounded-sm py-0.5 text-sm text-muted-foreground hover:text-foreground"
    >
      {dimension.title}: <span className="text-primary underline decoration-1 underline-offset-4">{criterion.text}</span>
    </a>
  );
}
