import { useRoom } from "./room-context";
import { MessageBubble } from "@/components/chat/message-bubble";
import { Button } from "@/components/ui/button";

/** What was said here and has not been answered by the server: on its way, or refused with the reason. */
export function PendingMessages() {
  const { view, store } = useRoom();
  const said = view.pending.flatMap(({ command, refused }) =>
    command.type === "Say" ? [{ id: command.client_id, text: command.text, refused }] : [],
  );
  return said.map(({ id, text, refused }) => (
    <div key={id} className="mt-4 flex flex-col items-end gap-1">
      <MessageBubble speaker="candidate" text={text} note={refused ? "not sent" : "sending"} faint={!refused} />
      {refused && (
        <p role="alert" className="flex flex-wrap items-center justify-end gap-2 pl-8 text-right text-sm text-negative">
          {refused.message}
          <Button variant="link" size="inline" className="text-sm" onClick={() => store.dismiss(id)}>
            Dismiss
          </Button>
        </p>
      )}
    </div>
  ));
}
