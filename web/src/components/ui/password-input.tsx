"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState, type ComponentProps } from "react";
import { Input } from "./input";
import { cn } from "@/lib/class-names";

type PasswordInputProps = Omit<ComponentProps<typeof Input>, "type"> & { shows?: string };

/** A password that can be shown, so that nobody has to type it twice. */
export function PasswordInput({ className, shows = "the password", ...props }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...props}
        type={shown ? "text" : "password"}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className={cn("pr-12", className)}
      />
      <button
        type="button"
        aria-pressed={shown}
        aria-label={`Show ${shows}`}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-md text-muted-foreground hover:text-foreground"
      >
        <Icon className="size-4.5" aria-hidden />
      </button>
    </div>
  );
}
