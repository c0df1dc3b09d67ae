import { createContext, useContext } from "react";
import type { SessionDetail } from "./protocol";
import type { RoomStore, RoomView } from "./room-store";
import type { Running } from "./use-runs";

export type Room = { store: RoomStore; view: RoomView; session: SessionDetail; runs: Running };

export const RoomContext = createContext<Room | null>(null);

/** The room that the component stands in. */
export function useRoom(): Room {
  const room = useContext(RoomContext);
  if (!room) throw new Error("useRoom is used outside a room");
  return room;
}
