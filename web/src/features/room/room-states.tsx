import Link from "next/link";
import { LogoMark } from "@/components/layout/logo";
import { ScreenError } from "@/components/layout/screen-error";
import { Button } from "@/components/ui/button";

export function RoomNotFound() {
  return (
    <main className="mx-auto flex size-full max-w-xl flex-col items-start justify-center gap-5 px-6">
      <h1 className="text-3xl font-semibold">There is no such session.</h1>
      <p className="text-lg text-muted-foreground">
        The link may be wrong, or the session belongs to somebody else. Your own are on the dashboard.
      </p>
      <Button asChild>
        <Link href="/dashboard">Go to the dashboard</Link>
      </Button>
    </main>
  );
}

export function RoomTrouble({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <main className="mx-auto flex size-full max-w-xl flex-col justify-center px-6">
      <ScreenError title="The room could not be opened" error={error} onRetry={onRetry} />
    </main>
  );
}

/** Until everything that happened before is here. */
export function RoomOpening({ waiting = false }: { waiting?: boolean }) {
  return (
    <main aria-busy="true" className="grid size-full place-items-center px-6">
      <div role="status" className="flex animate-in flex-col items-center gap-4 text-center delay-300 duration-500 fill-mode-both fade-in-0">
        <LogoMark className="size-9 animate-pulse" />
        <h1 className="text-base font-normal tracking-normal text-muted-foreground">
          {waiting ? "The server does not answer. We keep trying." : "Opening the room"}
        </h1>
      </div>
    </main>
  );
}
