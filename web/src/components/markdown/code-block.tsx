import hljs from "highlight.js/lib/core";
import { useMemo } from "react";
import { languages } from "./languages";
import "./code-colours.css";
import { cn } from "@/lib/class-names";

for (const [name, grammar] of Object.entries(languages)) hljs.registerLanguage(name, grammar);

type CodeBlockProps = { code: string; language: keyof typeof languages | null; label: string; className?: string; marked?: readonly number[] };

/** Code to read, with line numbers; `marked` lines, counted from 1, stand on a ground of their own. The colouring escapes everything that is not its own. */
export function CodeBlock({ code, language, label, className, marked = [] }: CodeBlockProps) {
  const html = useMemo(
    () => (language ? hljs.highlight(code, { language, ignoreIllegals: true }).value : null),
    [code, language],
  );
  const lines = code.split("\n").map((_, index) => index + 1);
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className={cn("flex overflow-auto py-3 font-mono text-[0.8125rem] leading-6", className)}
    >
      <pre aria-hidden className="sticky left-0 bg-card px-3 text-right text-muted-foreground select-none">
        {lines.join("\n")}
      </pre>
      <pre className="relative min-w-max flex-1 pr-4">
        {marked.map((line) => (
          <span
            key={line}
            aria-hidden
            className="absolute inset-x-0 -z-0 h-6 bg-primary-soft"
            style={{ top: `${(line - 1) * 1.5}rem` }}
          />
        ))}
        {html === null ? <code className="relative">{code}</code> : <code className="relative" dangerouslySetInnerHTML={{ __html: html }} />}
      </pre>
    </div>
  );
}
