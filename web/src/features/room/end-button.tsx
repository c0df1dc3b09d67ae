import { useRoom } from "./room-context";
import { useSessionEnd } from "./use-session-calls";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "sonner";

export function EndButton() {
  const { session, store } = useRoom();
  const end = useSessionEnd(session.id, store);
  const finish = () =>
    end.mutate(undefined, { onError: (error) => toast("The interview could not be ended", { description: error.message }) });
  return (
    <AlertDialog>
      <AlertDialogTrigger asChild>
        <Button variant="outline" size="sm" aria-disabled={end.isPending}>
          {end.isPending ? "Ending" : "End"}
          <span className="sr-only"> the interview</span>
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>End the interview now?</AlertDialogTitle>
          <AlertDialogDescription>
            Nothing is accepted afterwards. Your scorecard is made from what there is up to this moment.
          </AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>Keep going</AlertDialogCancel>
          <AlertDialogAction onClick={finish}>End the interview</AlertDialogAction>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
