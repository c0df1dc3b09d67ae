import { type Draft, type Faults, type Kind, kindLabels } from "./provider-draft";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { Select } from "@/components/ui/select";

type FieldsProps = { draft: Draft; faults: Faults; onChange: (change: Partial<Draft>) => void };

type KeyFieldProps = FieldsProps & { hasKey: boolean; keyEnds: string | null };

/** The name of a thing that is typed exactly: no capital letters or corrections by a phone's keyboard. */
const exact = { autoCapitalize: "none", autoCorrect: "off", spellCheck: false, autoComplete: "off" } as const;

/** Whose models these are, and where they are. */
export function AddressFields({ draft, faults, onChange }: FieldsProps) {
  return (
    <>
      <FormField label="Provider">
        {(wiring) => (
          <Select {...wiring} value={draft.kind} onChange={(event) => onChange({ kind: event.target.value as Kind })}>
            {Object.entries(kindLabels).map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </FormField>
      <FormField label="Name" hint="As the room shows it." error={faults.name}>
        {(wiring) => (
          <Input {...wiring} maxLength={40} value={draft.name} onChange={(event) => onChange({ name: event.target.value })} />
        )}
      </FormField>
      {draft.kind === "address" && (
        <>
          <FormField
            label="Address"
            error={faults.base_url}
            hint="With its path. For Ollama on this machine: http://localhost:11434/v1"
          >
            {(wiring) => (
              <Input
                {...wiring}
                {...exact}
                inputMode="url"
                value={draft.base_url}
                onChange={(event) => onChange({ base_url: event.target.value })}
              />
            )}
          </FormField>
          <FormField label="Protocol" hint="Nearly all local servers speak OpenAI’s.">
            {(wiring) => (
              <Select
                {...wiring}
                value={draft.protocol}
                onChange={(event) => onChange({ protocol: event.target.value as Draft["protocol"] })}
              >
                <option value="openai">OpenAI</option>
                <option value="anthropic">Anthropic</option>
              </Select>
            )}
          </FormField>
        </>
      )}
    </>
  );
}

/** The key: typed once, never shown again. */
export function KeyField({ draft, faults, onChange, hasKey, keyEnds }: KeyFieldProps) {
  const saved = keyEnds ? `A key that ends in ${keyEnds} is saved.` : "A key is saved.";
  const hint = hasKey ? `${saved} Leave this empty to keep it.` : "Sealed with your own key, and never shown again.";
  return (
    <div className="flex flex-col gap-2">
      <FormField
        label={draft.kind === "address" ? "Key, if it wants one" : "Key"}
        hint={hint}
        error={faults.api_key}
      >
        {(wiring) => (
          <PasswordInput
            {...wiring}
            shows="the key"
            autoComplete="off"
            value={draft.api_key}
            onChange={(event) => onChange({ api_key: event.target.value })}
          />
        )}
      </FormField>
      {hasKey && (
        <label className="flex min-h-6 items-center gap-2 text-[0.9375rem]">
          <input
            type="checkbox"
            className="size-4 accent-primary"
            checked={draft.forget_key}
            onChange={(event) => onChange({ forget_key: event.target.checked })}
          />
          Remove the saved key
        </label>
      )}
    </div>
  );
}

const roles = [
  { role: "judge", label: "Model that judges", hint: "Empty: the same." },
  { role: "writer", label: "Model that writes feedback", hint: "Empty: the same." },
] as const;

const limits = [
  { limit: "first_text_s", label: "Seconds until the first words" },
  { limit: "turn_s", label: "Seconds for a whole answer" },
] as const;

/** Which model does what, and how long one waits for it. */
export function ModelFields({ draft, faults, onChange }: FieldsProps) {
  return (
    <>
      <FormField label="Model that interviews" hint="Its exact name, as the provider writes it." error={faults.interviewer}>
        {(wiring) => (
          <Input
            {...wiring}
            {...exact}
            value={draft.interviewer}
            onChange={(event) => onChange({ interviewer: event.target.value })}
          />
        )}
      </FormField>
      <details className="rounded-md border px-4 py-3">
        <summary className="cursor-pointer text-[0.9375rem] font-medium">More: other roles, and slow models</summary>
        <div className="mt-4 grid gap-5 sm:grid-cols-2">
          {roles.map(({ role, label, hint }) => (
            <FormField key={role} label={label} hint={hint} error={faults[role]}>
              {(wiring) => (
                <Input {...wiring} {...exact} value={draft[role]} onChange={(event) => onChange({ [role]: event.target.value })} />
              )}
            </FormField>
          ))}
          {limits.map(({ limit, label }) => (
            <FormField key={limit} label={label} error={faults[limit]}>
              {(wiring) => (
                <Input
                  {...wiring}
                  type="number"
                  min={1}
                  max={110}
                  value={draft[limit]}
                  onChange={(event) => onChange({ [limit]: event.target.value })}
                />
              )}
            </FormField>
          ))}
          <FormField label="Answers that have a form" hint="“Asked for in words” suits small local models.">
            {(wiring) => (
              <Select
                {...wiring}
                value={draft.structured}
                onChange={(event) => onChange({ structured: event.target.value as Draft["structured"] })}
              >
                <option value="tool">By a tool call</option>
                <option value="native">By the provider’s own way</option>
                <option value="prompted">Asked for in words</option>
              </Select>
            )}
          </FormField>
        </div>
      </details>
    </>
  );
}
