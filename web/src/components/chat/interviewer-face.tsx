import { cn } from "@/lib/class-names";

export type Mood = "idle" | "thinking" | "speaking";

/** The interviewer as a quiet face: eyes that look up when it thinks, a mouth that moves when it speaks. */
export function InterviewerFace({ mood = "idle", className }: { mood?: Mood; className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden data-mood={mood} className={cn("size-8 shrink-0 text-primary", className)}>
      <circle cx="16" cy="16" r="15" className="fill-primary-soft" />
      <g
        fill="currentColor"
        className={cn("transition-transform duration-300", mood === "thinking" && "translate-x-[1.5px] -translate-y-[2px]")}
      >
        <circle cx="11.5" cy="14" r="1.7" />
        <circle cx="20.5" cy="14" r="1.7" />
      </g>
      {mood === "speaking" ? (
        <ellipse
          cx="16"
          cy="21"
          rx="3.4"
          ry="2"
          fill="currentColor"
          className="origin-[16px_21px] animate-[pulse_0.7s_ease-in-out_infinite]"
        />
      ) : (
        <path
          d={mood === "thinking" ? "M13 21.2h6" : "M12.2 20.2c1.1 1.4 2.4 2 3.8 2s2.7-.6 3.8-2"}
          stroke="currentColor"
          strokeWidth="1.7"
          strokeLinecap="round"
          fill="none"
        />
      )}
    </svg>
  );
}
