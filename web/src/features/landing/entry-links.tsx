"use client";

import Link from "next/link";
import type { VariantProps } from "class-variance-authority";
import { buttonVariants } from "@/components/ui/button-variants";
import { useLoginHint } from "@/lib/login-hint";

/** "Try a mock" leads a guest to sign up, and who was here before straight to the start. */
export function TryLink({ size }: VariantProps<typeof buttonVariants>) {
  const known = useLoginHint();
  return (
    <Link href={known ? "/start" : "/signup?next=%2Fstart"} className={buttonVariants({ size })}>
      Try a mock
    </Link>
  );
}

export function LoginLink() {
  const known = useLoginHint();
  return (
    <Link href={known ? "/dashboard" : "/login"} prefetch={false} className={buttonVariants({ variant: "ghost" })}>
      {known ? "Dashboard" : "Log in"}
    </Link>
  );
}
