import { ArrowDown, ArrowUp, CircleCheck, CircleX, LoaderCircle, Pencil, Trash2, Zap } from "lucide-react";
import { useState } from "react";
import { ProviderEditor } from "./provider-editor";
import { type Provider, useRemoveProvider, useTrial } from "./use-models";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";

type ProviderRowProps = { provider: Provider; rank: number; count: number; onMove: (by: -1 | 1) => void };

/** One provider: what it is, its place in the order, and what can be done with it. */
export function ProviderRow({ provider, rank, count, onMove }: ProviderRowProps) {
  const [editing, setEditing] = useState(false);
  const trial = useTrial();
  if (editing) {
    return (
      <ProviderEditor
        provider={provider}
        onDone={() => {
          setEditing(false);
          trial.reset();
        }}
      />
    );
  }
  const { name } = provider;
  return (
    <div className="flex flex-col gap-3 rounded-lg border bg-card p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h3 className="font-medium wrap-anywhere">
            <span className="figures text-muted-foreground">{rank + 1}.</span> {name}
          </h3>
          <p className="text-[0.9375rem] text-muted-foreground wrap-anywhere">{summaryOf(provider)}</p>
        </div>
        {count > 1 && <MoveButtons name={name} first={rank === 0} last={rank === count - 1} onMove={onMove} />}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="outline"
          size="sm"
          aria-disabled={trial.isPending}
          aria-label={`Test ${name}`}
          onClick={() => trial.isPending || trial.mutate(provider.id)}
        >
          {trial.isPending ? <LoaderCircle className="animate-spin" aria-hidden /> : <Zap aria-hidden />}
          Test
        </Button>
        <Button variant="outline" size="sm" aria-label={`Change ${name}`} onClick={() => setEditing(true)}>
          <Pencil aria-hidden />
          Change
        </Button>
        <RemoveButton provider={provider} />
      </div>
      <p role="status" className="text-[0.9375rem] empty:hidden">
        {trial.isPending && "Asking the model for one word …"}
        {trial.data && <Verdict works={trial.data.works} message={trial.data.message} />}
        {trial.error && <Verdict works={false} message={trial.error.message} />}
      </p>
    </div>
  );
}

type MoveButtonsProps = { name: string; first: boolean; last: boolean; onMove: (by: -1 | 1) => void };

function MoveButtons({ name, first, last, onMove }: MoveButtonsProps) {
  return (
    <div className="flex">
      <Button variant="ghost" size="icon" aria-label={`Try ${name} earlier`} disabled={first} onClick={() => onMove(-1)}>
        <ArrowUp aria-hidden />
      </Button>
      <Button variant="ghost" size="icon" aria-label={`Try ${name} later`} disabled={last} onClick={() => onMove(1)}>
        <ArrowDown aria-hidden />
      </Button>
    </div>
  );
}

function summaryOf({ models, base_url, has_key, key_ends }: Provider): string {
  const key = key_ends ? `key … ${key_ends}` : has_key ? "with a key" : "no key";
  return [models.interviewer, base_url, key].filter(Boolean).join(" · ");
}

function Verdict({ works, message }: { works: boolean; message: string }) {
  const Icon = works ? CircleCheck : CircleX;
  return (
    <span className={works ? "flex items-start gap-2 text-positive" : "flex items-start gap-2 text-negative"}>
      <Icon className="mt-1 size-4 shrink-0" aria-hidden />
      {message}
    </span>
  );
}

function RemoveButton({ provider }: { provider: Provider }) {
  const remove = useRemoveProvider();
  return (
    <AlertDialog>
      <AlertDialogTrigger asChild>
        <Button variant="outline" size="sm" aria-label={`Remove ${provider.name}`}>
          <Trash2 aria-hidden />
          Remove
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Remove {provider.name}?</AlertDialogTitle>
          <AlertDialogDescription>Its key is deleted. What it used stays counted.</AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Keep it</AlertDialogCancel>
          <AlertDialogAction variant="destructive" onClick={() => remove.mutate(provider.id)}>
            Remove
          </AlertDialogAction>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
