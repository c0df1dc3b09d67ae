/** What is typed into the form of a provider, and what is sent of it. */
import type { Provider, ProviderForm } from "./use-models";

export type Kind = "anthropic" | "openai" | "address";

export type Draft = {
  kind: Kind;
  name: string;
  protocol: "anthropic" | "openai";
  base_url: string;
  api_key: string;
  forget_key: boolean;
  interviewer: string;
  judge: string;
  writer: string;
  structured: "tool" | "native" | "prompted";
  first_text_s: string;
  turn_s: string;
};

export const kindLabels: Record<Kind, string> = {
  anthropic: "Anthropic",
  openai: "OpenAI",
  address: "Another address: Ollama, vLLM, LM Studio …",
};

/** The form of a new provider, or of one that is there. */
export function draftOf(provider: Provider | null): Draft {
  return {
    kind: provider ? (provider.base_url ? "address" : provider.protocol) : "anthropic",
    name: provider?.name ?? "",
    protocol: provider?.protocol ?? "openai",
    base_url: provider?.base_url ?? "",
    api_key: "",
    forget_key: false,
    interviewer: provider?.models.interviewer ?? "",
    judge: provider?.models.judge ?? "",
    writer: provider?.models.writer ?? "",
    structured: provider?.structured ?? "tool",
    first_text_s: String(provider?.first_text_s ?? 20),
    turn_s: String(provider?.turn_s ?? 90),
  };
}

/** What is sent; blanks are left out, and a provider without a name is called by its kind. */
export function formOf(draft: Draft): ProviderForm {
  const atAddress = draft.kind === "address";
  return {
    name: draft.name.trim() || (atAddress ? "my model" : draft.kind),
    protocol: draft.kind === "address" ? draft.protocol : draft.kind,
    base_url: atAddress ? draft.base_url.trim() : null,
    api_key: draft.api_key.trim() || null,
    forget_key: draft.forget_key,
    models: {
      interviewer: draft.interviewer.trim(),
      judge: draft.judge.trim() || null,
      writer: draft.writer.trim() || null,
    },
    structured: draft.structured,
    first_text_s: Number(draft.first_text_s) || 20,
    turn_s: Number(draft.turn_s) || 90,
  };
}

export type Faults = Partial<Record<keyof Draft, string>>;

/** What is missing before it can be sent at all. */
export function blanksOf(draft: Draft, hasKey: boolean): Faults {
  const faults: Faults = {};
  if (!draft.interviewer.trim()) faults.interviewer = "Enter the name of a model.";
  if (draft.kind === "address" && !draft.base_url.trim()) faults.base_url = "Enter the address.";
  if (draft.kind !== "address" && !draft.api_key.trim() && !hasKey) faults.api_key = "Enter the key.";
  return faults;
}
