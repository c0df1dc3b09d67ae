import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { toast } from "sonner";
import { ProviderEditor } from "./provider-editor";
import { ProviderRow } from "./provider-row";
import { type ModelSettings, useChoose } from "./use-models";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/switch";

/** Who speaks in the interviews: own providers in order, the installation's, or the built-in interviewer alone. */
export function ModelsSection({ models }: { models: ModelSettings }) {
  const { providers, built_in_only } = models;
  const [adding, setAdding] = useState(false);
  const choose = useChoose();
  const id = useId();
  const order = providers.map((provider) => provider.id);

  function save(choice: { built_in_only?: boolean; order?: string[] }) {
    choose.mutate(
      { built_in_only, order, ...choice },
      { onError: (error) => toast.error("This was not saved", { description: error.message }) },
    );
  }

  function move(from: number, by: -1 | 1) {
    const moved = order.filter((_, place) => place !== from);
    moved.splice(from + by, 0, order[from] ?? "");
    save({ order: moved });
  }

  return (
    <section aria-labelledby={id} className="flex flex-col gap-5">
      <div className="flex max-w-2xl flex-col gap-1.5">
        <h2 id={id} className="text-xl font-semibold">
          Language models
        </h2>
        <p className="text-muted-foreground">
          A model can speak in the built-in interviewer’s place. Providers are tried in this order; when none answers, the
          built-in interviewer does.
        </p>
      </div>
      <BuiltInOnly checked={built_in_only} onChange={(only) => save({ built_in_only: only })} />
      <p className="text-[0.9375rem] text-muted-foreground">{whoSpeaks(models)}</p>
      {providers.length > 0 && (
        <ol className="flex flex-col gap-3">
          {providers.map((provider, rank) => (
            <li key={provider.id}>
              <ProviderRow provider={provider} rank={rank} count={providers.length} onMove={(by) => move(rank, by)} />
            </li>
          ))}
        </ol>
      )}
      {adding ? (
        <ProviderEditor provider={null} onDone={() => setAdding(false)} />
      ) : (
        <Button variant="outline" className="self-start" onClick={() => setAdding(true)}>
          <Plus aria-hidden />
          Add a provider
        </Button>
      )}
    </section>
  );
}

function BuiltInOnly({ checked, onChange }: { checked: boolean; onChange: (only: boolean) => void }) {
  const id = useId();
  return (
    <div className="flex items-start gap-4 rounded-lg border bg-card p-4">
      <Switch id={id} aria-describedby={`${id}-hint`} checked={checked} onCheckedChange={onChange} />
      <div>
        <label htmlFor={id} className="font-medium">
          Built-in only
        </label>
        <p id={`${id}-hint`} className="text-[0.9375rem] text-muted-foreground">
          No model is called. Nothing of your interviews leaves this installation.
        </p>
      </div>
    </div>
  );
}

function whoSpeaks({ built_in_only, providers, shared }: ModelSettings): string {
  if (built_in_only) return "Now: the built-in interviewer.";
  if (providers.length) return "Now: your own providers. They get what you say and write in an interview.";
  if (shared.length) return `Now: this installation’s providers (${shared.join(", ")}). Yours would replace them.`;
  return "Now: the built-in interviewer, because there is no provider.";
}
