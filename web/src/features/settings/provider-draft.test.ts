import { describe, expect, it } from "vitest";
import { blanksOf, draftOf, formOf } from "./provider-draft";
import type { Provider } from "./use-models";

const ollama: Provider = {
  id: "1",
  name: "my ollama",
  protocol: "openai",
  base_url: "http://localhost:11434/v1",
  models: { interviewer: "llama", judge: null, writer: null },
  structured: "prompted",
  first_text_s: 60,
  turn_s: 100,
  has_key: true,
  key_ends: null,
};

describe("the form of a provider", () => {
  it("gives back what was saved, and no key", () => {
    const { id, has_key, key_ends, ...saved } = ollama;
    expect([id, has_key, key_ends]).toBeDefined();
    expect(formOf(draftOf(ollama))).toEqual({ ...saved, api_key: null, forget_key: false });
  });

  it("sends no address for a vendor", () => {
    const draft = { ...draftOf(ollama), kind: "anthropic" as const };
    expect(formOf(draft)).toMatchObject({ protocol: "anthropic", base_url: null });
  });

  it("calls a provider without a name by its kind", () => {
    expect(formOf({ ...draftOf(null), interviewer: "m" }).name).toBe("anthropic");
  });

  it("says what is missing", () => {
    expect(Object.keys(blanksOf(draftOf(null), false))).toEqual(["interviewer", "api_key"]);
    expect(Object.keys(blanksOf({ ...draftOf(null), interviewer: "m" }, true))).toEqual([]);
    expect(Object.keys(blanksOf({ ...draftOf(null), kind: "address" }, false))).toEqual(["interviewer", "base_url"]);
  });
});
