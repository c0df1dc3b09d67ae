import { cn } from "@/lib/class-names";

type RulerSegment = { id: string; title: string; minutes: number };
type SessionRulerProps = { segments: readonly RulerSegment[]; active?: string; className?: string };

/** The segments of a session to scale, a tick for every minute. A picture: the same stands beside it in words. */
export function SessionRuler({ segments, active, className }: SessionRulerProps) {
  return (
    <div aria-hidden className={cn("flex h-7 gap-px", className)}>
      {segments.map(({ id, minutes }) => (
        <div
          key={id}
          className={cn(
            "relative min-w-0 rounded-[2px] bg-primary/20 transition-[flex-grow] duration-300",
            "bg-[repeating-linear-gradient(90deg,transparent_0_calc(100%/var(--minutes)-1px),var(--background)_calc(100%/var(--minutes)-1px)_calc(100%/var(--minutes)))]",
            "bg-size-[100%_35%] bg-bottom bg-no-repeat",
            active === id && "bg-primary",
          )}
          style={{ flexGrow: minutes, flexBasis: 0, "--minutes": minutes } as React.CSSProperties}
        />
      ))}
    </div>
  );
}
