import ReactMarkdown, { type Components } from "react-markdown";
import rehypeHighlight from "rehype-highlight";
import rehypeSanitize, { defaultSchema } from "rehype-sanitize";
import remarkGfm from "remark-gfm";
import { languages } from "./languages";
import "./code-colours.css";
import { cn } from "@/lib/class-names";

/** What a text may contain. Pictures are left out: one from elsewhere would tell its owner who reads. */
const schema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== "img" && name !== "input"),
};

const components: Components = {
  a: ({ children, href }) => (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-primary underline underline-offset-4"
    >
      {children}
    </a>
  ),
  // The heading of the screen is above; a text's own headings come below it.
  h1: ({ children }) => <h3 className="text-lg font-semibold">{children}</h3>,
  h2: ({ children }) => <h3 className="text-base font-semibold">{children}</h3>,
  h3: ({ children }) => <h3 className="text-base font-semibold">{children}</h3>,
  table: ({ children }) => (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Table">
      <table className="w-full border-collapse text-left [&_td]:border-b [&_td]:py-1.5 [&_td]:pr-4 [&_th]:border-b [&_th]:py-1.5 [&_th]:pr-4 [&_th]:font-medium">
        {children}
      </table>
    </div>
  ),
  pre: ({ children }) => (
    <pre
      tabIndex={0}
      className="overflow-x-auto rounded-md border bg-muted px-3.5 py-2.5 font-mono text-[0.875em] leading-relaxed [&_code]:bg-transparent [&_code]:p-0 [&_code]:text-[1em]"
    >
      {children}
    </pre>
  ),
  code: ({ children, className }) => (
    <code className={cn("rounded-sm bg-muted px-1 py-0.5 font-mono text-[0.9em] break-words", className)}>{children}</code>
  ),
};

/** Text of the bank, the interviewer or a person, as Markdown. Sanitised first and coloured after. */
export function Markdown({ text, className }: { text: string; className?: string }) {
  return (
    <div
      className={cn(
        "flex min-w-0 flex-col gap-3 wrap-break-word [&_li]:my-0.5 [&_ol]:list-decimal [&_ol]:pl-5 [&_ul]:list-disc [&_ul]:pl-5",
        className,
      )}
    >
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[
          [rehypeSanitize, schema],
          [rehypeHighlight, { languages, detect: false }],
        ]}
        components={components}
      >
        {text}
      </ReactMarkdown>
    </div>
  );
}
