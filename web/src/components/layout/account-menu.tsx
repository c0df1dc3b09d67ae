"use client";

import { ChartNoAxesColumn, ChevronsUpDown, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { toast } from "sonner";
import { useUser } from "./require-user";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useLogout } from "@/lib/api/login";
import { cn } from "@/lib/class-names";

export function AccountMenu({ narrow = false, onNavigate }: { narrow?: boolean; onNavigate?: () => void }) {
  const { username, operator } = useUser();
  const logout = useLogout();

  function leave() {
    logout.mutate(undefined, {
      onError: (error) => toast.error("You are still logged in", { description: error.message }),
    });
  }

  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Account of ${username}`}
        className={cn(
          "flex h-11 w-full items-center gap-3 rounded-md px-3 text-left text-[0.9375rem] hover:bg-accent",
          narrow && "justify-center px-0",
        )}
      >
        <UserRound className="size-4.5 shrink-0" aria-hidden />
        {!narrow && (
          <>
            <span className="min-w-0 flex-1 truncate">{username}</span>
            <ChevronsUpDown className="size-4 shrink-0 text-muted-foreground" aria-hidden />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top">
        <DropdownMenuLabel className="max-w-64 truncate">Logged in as {username}</DropdownMenuLabel>
        <DropdownMenuSeparator />
        {operator && (
          <DropdownMenuItem asChild onSelect={onNavigate}>
            <Link href="/operator">
              <ChartNoAxesColumn aria-hidden />
              Operator
            </Link>
          </DropdownMenuItem>
        )}
        <DropdownMenuItem onSelect={leave} disabled={logout.isPending}>
          <LogOut aria-hidden />
          Log out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
