import { useRoom } from "./room-context";
import type { Language } from "./fold";

/** The language of the solution: as asked for here, or else as the log has it. */
export function useChosenLanguage(): Language {
  const { view } = useRoom();
  const asked = view.pending.findLast(({ command }) => command.type === "ChooseLanguage")?.command;
  return asked?.type === "ChooseLanguage" ? asked.language : view.state.language;
}
