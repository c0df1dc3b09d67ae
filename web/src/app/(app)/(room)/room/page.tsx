import type { Metadata } from "next";
import { Suspense } from "react";
import { RoomScreen } from "@/features/room/room-screen";
import { RoomOpening } from "@/features/room/room-states";

export const metadata: Metadata = { title: "Interview" };

export default function RoomPage() {
  return (
    <Suspense fallback={<RoomOpening />}>
      <RoomScreen />
    </Suspense>
  );
}
