import { cn } from "@/lib/class-names";

type RulerSegment = { id: string; title: string; minutes: number };
type SessionRulerProps = { segments: readonly RulerSegment[]; active?: string; className?: string };

/** Narrower than this share of the whole, a part has no room for its number. */
const ROOM_FOR_A_NUMBER = 0.06;

/** The parts of a session to scale, with their minutes. A picture: the same stands beside it in words. */
export function SessionRuler({ segments, active, className }: SessionRulerProps) {
  const whole = segments.reduce((sum, { minutes }) => sum + minutes, 0);
  return (
    <div aria-hidden className={cn("figures flex gap-0.5 text-sm", className)}>
      {segments.map(({ id, minutes }) => (
        <div
          key={id}
          className={cn(
            "flex h-9 min-w-0 items-center overflow-hidden border-l-2 border-primary bg-primary-soft px-2 text-primary",
            "transition-[flex-grow] duration-300",
            active === id && "bg-primary text-primary-foreground",
          )}
          style={{ flexGrow: minutes, flexBasis: 0 }}
        >
          {minutes / whole > ROOM_FOR_A_NUMBER && minutes}
        </div>
      ))}
    </div>
  );
}
