import { type CodeRan, furtherChecks, outcomeOf } from "./outcomes";
import { TestRows } from "./test-rows";
import { cn } from "@/lib/class-names";

const toneClasses = {
  positive: "text-positive",
  caution: "text-caution",
  negative: "text-negative",
  neutral: "text-muted-foreground",
};

/** What became of a run, in a sentence or two. */
export function RunSentence({ result }: { result: CodeRan }) {
  const { text, tone } = outcomeOf(result);
  const further = furtherChecks(result);
  return (
    <div className="flex flex-col gap-0.5">
      <p className={cn("font-medium", toneClasses[tone])}>{text}</p>
      {result.message && <p>{result.message}</p>}
      {further && <p>{further}</p>}
    </div>
  );
}

/** What the program printed. */
export function RunOutput({ result }: { result: CodeRan }) {
  const { stdout, stderr, truncated } = result;
  if (!stdout && !stderr) return <p className="text-muted-foreground">It printed nothing.</p>;
  return (
    <div className="flex flex-col gap-3">
      {stdout && <Printed title="Output" text={stdout} />}
      {stderr && <Printed title="Errors" text={stderr} />}
      {truncated && <p className="text-sm text-muted-foreground">The rest was cut off: it was more than is kept.</p>}
    </div>
  );
}

function Printed({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <p className="text-sm text-muted-foreground">{title}</p>
      <pre className="mt-1 font-mono text-[0.8125rem] leading-relaxed wrap-anywhere whitespace-pre-wrap">{text}</pre>
    </div>
  );
}

/** All of a run, for reading afterwards. */
export function RunResult({ result }: { result: CodeRan }) {
  return (
    <div className="flex w-full min-w-0 flex-col gap-4">
      <RunSentence result={result} />
      {result.tests.length > 0 && <TestRows tests={result.tests} />}
      {(result.kind === "script" || result.stdout || result.stderr) && <RunOutput result={result} />}
    </div>
  );
}
