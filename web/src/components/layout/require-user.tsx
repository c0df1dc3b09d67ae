"use client";

import { useRouter } from "next/navigation";
import { createContext, useContext, useEffect, type ReactNode } from "react";
import { LogoMark } from "./logo";
import { ScreenError } from "./screen-error";
import { useMe } from "@/lib/api/login";
import type { User } from "@/lib/api/types";
import { loginAddress } from "@/lib/next-address";

const UserContext = createContext<User | null>(null);

/** The signed-in user; only below `RequireUser`. */
export function useUser(): User {
  const user = useContext(UserContext);
  if (!user) throw new Error("useUser is used outside RequireUser");
  return user;
}

/** Shows its children to a signed-in user, and sends everybody else to log in and back. */
export function RequireUser({ children }: { children: ReactNode }) {
  const { data: user, error, refetch } = useMe();
  const router = useRouter();
  const signedOut = user === null;

  useEffect(() => {
    if (signedOut) router.replace(loginAddress(window.location.pathname + window.location.search));
  }, [signedOut, router]);

  if (user) return <UserContext value={user}>{children}</UserContext>;
  if (error) {
    return (
      <main className="mx-auto flex min-h-dvh max-w-xl flex-col justify-center px-6 py-12">
        <ScreenError error={error} onRetry={() => void refetch()} />
      </main>
    );
  }
  return <Waiting text={signedOut ? "Leading you to the login page" : "Checking your login"} />;
}

function Waiting({ text }: { text: string }) {
  return (
    <main aria-busy="true" className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">MockLoop</h1>
      {/* Late, so that the usual short wait shows nothing at all. */}
      <p role="status" className="animate-in delay-300 duration-500 fill-mode-both fade-in-0">
        <LogoMark className="size-9 animate-pulse" />
        <span className="sr-only">{text}</span>
      </p>
    </main>
  );
}
