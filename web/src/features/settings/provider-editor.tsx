import { LoaderCircle } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { AddressFields, KeyField, ModelFields } from "./provider-fields";
import { blanksOf, type Draft, draftOf, type Faults, formOf } from "./provider-draft";
import { type Provider, useSaveProvider } from "./use-models";
import { Button } from "@/components/ui/button";
import { ApiError } from "@/lib/api/errors";
import { fieldErrors } from "@/lib/api/field-errors";

/** Which field an error of the server belongs to. */
const fieldOf: Record<string, keyof Draft> = {
  address_not_usable: "base_url",
  key_needed: "api_key",
  key_needed_for_new_address: "api_key",
};

const wrongly: Faults = {
  interviewer: "A name of letters and digits, with . _ - : / @ + between them.",
  judge: "A name of letters and digits, with . _ - : / @ + between them.",
  writer: "A name of letters and digits, with . _ - : / @ + between them.",
  api_key: "A key is one word without spaces.",
  first_text_s: "From 1 to 110.",
  turn_s: "From 1 to 110.",
};

function faultsOf(error: unknown): Faults {
  const field = error instanceof ApiError ? fieldOf[error.code] : undefined;
  if (field) return { [field]: (error as ApiError).message };
  return Object.fromEntries(
    Object.entries(fieldErrors(error)).map(([name, said]) => [name, wrongly[name as keyof Draft] ?? said]),
  );
}

type ProviderEditorProps = { provider: Provider | null; onDone: () => void };

/** The form of one provider, new or saved. */
export function ProviderEditor({ provider, onDone }: ProviderEditorProps) {
  const [draft, setDraft] = useState(() => draftOf(provider));
  const [missing, setMissing] = useState<Faults>({});
  const save = useSaveProvider();
  const form = useRef<HTMLFormElement>(null);
  const refused = faultsOf(save.error);
  const faults = { ...refused, ...missing };
  const whole = save.error && !Object.keys(refused).length ? save.error.message : null;

  useEffect(() => form.current?.querySelector<HTMLElement>("select, input")?.focus(), []);

  useEffect(() => {
    if (save.isError) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [save.isError]);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (save.isPending) return;
    const blank = blanksOf(draft, !!provider?.has_key && !draft.forget_key);
    setMissing(blank);
    if (Object.keys(blank).length) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    save.mutate({ id: provider?.id, body: formOf(draft) }, { onSuccess: onDone });
  }

  const parts = { draft, faults, onChange: (change: Partial<Draft>) => setDraft({ ...draft, ...change }) };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submit}
      aria-label={provider ? `Change ${provider.name}` : "A new provider"}
      className="flex flex-col gap-5 rounded-lg border bg-card p-5"
    >
      <div role="alert" className={whole ? "rounded-md bg-destructive-soft px-4 py-3 text-negative" : "sr-only"}>
        {whole}
      </div>
      <AddressFields {...parts} />
      <KeyField {...parts} hasKey={provider?.has_key ?? false} keyEnds={provider?.key_ends ?? null} />
      <ModelFields {...parts} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" aria-disabled={save.isPending}>
          {save.isPending && <LoaderCircle className="animate-spin" aria-hidden />}
          Save
        </Button>
        <Button variant="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
