import type { ReactNode } from "react";

/** The whole window and nothing beside it; the room scrolls inside its panels. */
export default function RoomLayout({ children }: { children: ReactNode }) {
  return <div className="flex h-dvh flex-col overflow-hidden">{children}</div>;
}
