import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Providers } from "@/components/layout/providers";
import { RequireUser } from "@/components/layout/require-user";

export const metadata: Metadata = { robots: { index: false } };

export default function SignedInLayout({ children }: { children: ReactNode }) {
  return (
    <Providers>
      <RequireUser>{children}</RequireUser>
    </Providers>
  );
}
