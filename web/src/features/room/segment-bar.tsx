import { ArrowRight, Check, Minus, Plus } from "lucide-react";
import { hasEnded } from "./fold";
import { useRoom } from "./room-context";
import { partLabel, segmentRemainingMs, type Step, stepsOf } from "./schedule";
import { useServerNow } from "./use-server-now";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/class-names";
import { clockLabel } from "@/lib/clock-label";

/** The parts of the interview to scale, with the present one filling up, and the buttons to change its length. */
export function SegmentBar() {
  const { view } = useRoom();
  const now = useServerNow(view);
  const steps = stepsOf(view.state, now);
  const over = hasEnded(view.state);
  const present = steps.findIndex(({ standing }) => standing === "present");
  const left = segmentRemainingMs(view.state, now);
  return (
    <div className="flex h-11 items-center gap-3 px-3 pb-2 sm:px-4">
      <ol aria-label="Parts of the interview" className="flex min-w-0 flex-1 gap-1 max-lg:hidden">
        {steps.map((step) => (
          <StepCell key={step.id} step={step} />
        ))}
      </ol>
      <p className="min-w-0 flex-1 truncate text-[0.9375rem] lg:hidden">
        <span className="font-medium">{steps[present]?.title}</span>
        <span className="figures text-muted-foreground">
          {" "}
          {present + 1}/{steps.length}
          {left !== null && !over && ` · ${clockLabel(left, Math.ceil)}`}
        </span>
      </p>
      {!over && present >= 0 && <SegmentButtons title={steps[present]?.title ?? ""} next={steps[present + 1]?.title ?? null} />}
    </div>
  );
}

function StepCell({ step }: { step: Step }) {
  const present = step.standing === "present";
  return (
    <li
      aria-current={present ? "step" : undefined}
      className={cn(
        "relative flex h-8 min-w-31 items-center gap-2 overflow-hidden rounded-sm px-2.5 text-sm",
        present ? "bg-primary-soft font-medium" : "bg-secondary text-muted-foreground",
      )}
      style={{ flexGrow: step.minutes, flexBasis: 0 }}
    >
      <span
        aria-hidden
        className="absolute bottom-0 left-0 h-[3px] bg-primary"
        style={{ width: `${step.share * 100}%` }}
      />
      <span className="relative truncate">{step.title}</span>
      {step.standing === "past" ? (
        <Check className="relative ml-auto size-4 shrink-0" aria-label="done" />
      ) : (
        <span className="figures relative ml-auto shrink-0 font-normal">{partLabel(step.minutes)}</span>
      )}
    </li>
  );
}

function SegmentButtons({ title, next }: { title: string; next: string | null }) {
  const { store } = useRoom();
  if (!next) return null;
  const resize = (minutes: number) => store.send({ type: "ResizeSegment", minutes });
  return (
    <div className="flex shrink-0 items-center gap-1" role="group" aria-label="This part">
      <Tooltip text={`One minute less for ${title}`}>
        <Button variant="ghost" size="icon" className="size-9" aria-label="One minute less for this part" onClick={() => resize(-1)}>
          <Minus aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text={`One minute more for ${title}, taken from what follows`}>
        <Button variant="ghost" size="icon" className="size-9" aria-label="One minute more for this part" onClick={() => resize(1)}>
          <Plus aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text={`Go on to ${next} now`}>
        <Button variant="ghost" size="sm" className="h-9" onClick={() => store.send({ type: "EnterNextSegment" })}>
          Next<span className="sr-only">: {next}</span>
          <ArrowRight aria-hidden />
        </Button>
      </Tooltip>
    </div>
  );
}
