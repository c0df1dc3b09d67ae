import { cn } from "@/lib/class-names";

const RADIUS = 52;
const TURN = 2 * Math.PI * RADIUS;
/** The dial is open at the bottom, like a gauge: three quarters of a turn. */
const SWEEP = 0.75;

type DialProps = { value: number; label: string; className?: string };

/** A mark from 0 to 10 as an arc with its number. */
export function Dial({ value, label, className }: DialProps) {
  const share = Math.min(1, Math.max(0, value / 10));
  const arc = { cx: 60, cy: 60, r: RADIUS, fill: "none", strokeWidth: 8, transform: "rotate(135 60 60)" };
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={10}
      aria-valuenow={value}
      aria-valuetext={`${value.toFixed(1)} out of 10`}
      className={cn("relative size-36", className)}
    >
      <svg viewBox="0 0 120 120" aria-hidden className="size-full">
        <circle {...arc} className="stroke-secondary" strokeDasharray={`${TURN * SWEEP} ${TURN}`} />
        {share > 0 && (
          <circle {...arc} className="stroke-primary" strokeDasharray={`${TURN * SWEEP * share} ${TURN}`} />
        )}
      </svg>
      <div aria-hidden className="absolute inset-0 flex flex-col items-center justify-center">
        <span className="figures text-4xl font-medium">{value.toFixed(1)}</span>
        <span className="text-sm text-muted-foreground">of 10</span>
      </div>
    </div>
  );
}
