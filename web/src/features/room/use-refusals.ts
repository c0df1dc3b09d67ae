import { useEffect } from "react";
import { toast } from "sonner";
import type { RoomStore } from "./room-store";

/** Said by the place they belong to, or of no interest to a person. */
const SHOWN_ELSEWHERE = ["stale_edit", "session_over"];

/** Says what was refused where no part of the screen does. */
export function useRefusals(store: RoomStore) {
  useEffect(
    () =>
      store.listenToRefusals(({ code, message }, command) => {
        if (SHOWN_ELSEWHERE.includes(code) || command.type === "Say" || command.type === "EditFile") return;
        toast(message);
      }),
    [store],
  );
}
