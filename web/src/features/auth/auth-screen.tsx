"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { Suspense } from "react";
import { AuthForm } from "./auth-form";
import { loginAddress, nextAddress } from "@/lib/next-address";

const words = {
  login: {
    title: "Log in",
    lead: "Your sessions and scorecards are where you left them.",
    question: "No account yet?",
    other: "Sign up",
    otherPage: "/signup",
  },
  create: {
    title: "Create an account",
    lead: "A name and a password are enough. The account lives on this server and nowhere else.",
    question: "Have an account already?",
    other: "Log in",
    otherPage: "/login",
  },
} as const;

export function AuthScreen({ kind }: { kind: "login" | "create" }) {
  const { title, lead } = words[kind];
  return (
    <div className="flex w-full max-w-sm flex-col gap-8">
      <header className="flex flex-col gap-2">
        <h1 className="text-3xl font-semibold">{title}</h1>
        <p className="text-muted-foreground">{lead}</p>
      </header>
      {/* Both read the query string, which a prerendered page does not have. */}
      <Suspense>
        <AuthForm kind={kind} />
        <OtherWay kind={kind} />
      </Suspense>
    </div>
  );
}

function OtherWay({ kind }: { kind: "login" | "create" }) {
  const { question, other, otherPage } = words[kind];
  const next = nextAddress(useSearchParams().get("next"));
  return (
    <p className="text-muted-foreground">
      {question}{" "}
      <Link
        href={loginAddress(next, otherPage)}
        className="font-medium text-primary underline decoration-1 underline-offset-4 hover:decoration-2"
      >
        {other}
      </Link>
    </p>
  );
}
