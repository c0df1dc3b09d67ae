"use client";

import { LoaderCircle } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useRef, useState, type FormEvent } from "react";
import { blanks, problem, type Problem } from "./messages";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { useLogin } from "@/lib/api/login";
import { nextAddress } from "@/lib/next-address";

type Kind = "login" | "create";

const words = {
  login: { submit: "Log in", busy: "Logging in", autoComplete: "current-password", hint: undefined },
  create: {
    submit: "Create the account",
    busy: "Creating the account",
    autoComplete: "new-password",
    hint: "At least 10 characters. A few unrelated words are easy to remember.",
  },
} as const;

export function AuthForm({ kind }: { kind: Kind }) {
  const form = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState<Problem["fields"]>({});
  const [arrived, setArrived] = useState(false);
  const login = useLogin(kind);
  const router = useRouter();
  const next = nextAddress(useSearchParams().get("next"));
  const { fields, whole } = problem(missing, login.error);
  const busy = login.isPending || arrived;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const entries = new FormData(event.currentTarget);
    const credentials = { username: String(entries.get("username")).trim(), password: String(entries.get("password")) };
    const blank = blanks(credentials);
    setMissing(blank);
    login.reset();
    if (Object.keys(blank).length) return focusFirst(blank);
    login.mutate(credentials, {
      onSuccess: () => {
        setArrived(true);
        router.replace(next);
      },
      onError: (error) => focusFirst(problem({}, error).fields),
    });
  }

  function focusFirst(faults: Problem["fields"]) {
    const name = (["username", "password"] as const).find((field) => faults[field]);
    if (name) form.current?.querySelector<HTMLInputElement>(`[name=${name}]`)?.focus();
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="flex flex-col gap-5">
      <div role="alert" className={whole ? "rounded-md bg-destructive-soft px-4 py-3 text-negative" : "sr-only"}>
        {whole}
      </div>
      <FormField label="Username or e-mail" error={fields.username}>
        {(wiring) => (
          <Input {...wiring} name="username" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        )}
      </FormField>
      <FormField label="Password" error={fields.password} hint={words[kind].hint}>
        {(wiring) => <PasswordInput {...wiring} name="password" autoComplete={words[kind].autoComplete} required />}
      </FormField>
      <Button type="submit" size="lg" aria-disabled={busy}>
        {busy && <LoaderCircle className="animate-spin" aria-hidden />}
        {busy ? words[kind].busy : words[kind].submit}
      </Button>
    </form>
  );
}
