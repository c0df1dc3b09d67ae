import { memo } from "react";
import { useRoom } from "./room-context";
import { Markdown } from "@/components/markdown/markdown";
import { Badge } from "@/components/ui/badge";
import { difficultyLabels } from "@/lib/labels";

export function ProblemPanel() {
  const { session } = useRoom();
  return <Statement text={session.problem.statement} difficulty={difficultyLabels[session.difficulty]} />;
}

const Statement = memo(function Statement({ text, difficulty }: { text: string; difficulty: string }) {
  return (
    <div className="flex flex-col items-start gap-3 px-4 py-4">
      <Badge>{difficulty}</Badge>
      <Markdown text={text} className="w-full text-[0.9375rem] leading-relaxed" />
    </div>
  );
});
