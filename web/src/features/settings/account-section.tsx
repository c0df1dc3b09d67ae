import { LogOut } from "lucide-react";
import { useId } from "react";
import { toast } from "sonner";
import { useUser } from "@/components/layout/require-user";
import { Button } from "@/components/ui/button";
import { useLogout } from "@/lib/api/login";
import { dayLabel } from "@/lib/dates";

/** Who is logged in here, and the way out. */
export function AccountSection() {
  const { username, created_at } = useUser();
  const logout = useLogout();
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col items-start gap-4">
      <h2 id={id} className="text-xl font-semibold">
        Account
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        <dt className="text-muted-foreground">Name</dt>
        <dd className="wrap-anywhere">{username}</dd>
        <dt className="text-muted-foreground">Since</dt>
        <dd>{dayLabel(created_at)}</dd>
      </dl>
      <Button
        variant="outline"
        disabled={logout.isPending}
        onClick={() =>
          logout.mutate(undefined, {
            onError: (error) => toast.error("You are still logged in", { description: error.message }),
          })
        }
      >
        <LogOut aria-hidden />
        Log out
      </Button>
    </section>
  );
}
