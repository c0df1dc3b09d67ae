import hljs from "highlight.js/lib/core";
import { useMemo } from "react";
import { languages } from "./languages";
import "./code-colours.css";
import { cn } from "@/lib/class-names";

for (const [name, grammar] of Object.entries(languages)) hljs.registerLanguage(name, grammar);

type CodeBlockProps = { code: string; language: keyof typeof languages | null; label: string; className?: string };

/** Code to read, with line numbers. The colouring escapes everything that is not its own. */
export function CodeBlock({ code, language, label, className }: CodeBlockProps) {
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
      <pre className="min-w-max flex-1 pr-4">
        {html === null ? <code>{code}</code> : <code dangerouslySetInnerHTML={{ __html: html }} />}
      </pre>
    </div>
  );
}
