import { LoaderCircle, Scale } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { AppealResult } from "./appeal-result";
import { useAppealsHere } from "./appeals-context";
import type { CriterionMark } from "./scorecard-types";
import { isWaiting, useObject } from "./use-appeals";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Textarea } from "@/components/ui/textarea";

const REASON_LIMIT = 1000;

/** Below a criterion: object to its mark, wait, and see both marks. */
export function Objection({ criterion }: { criterion: CriterionMark }) {
  const { appeals, left } = useAppealsHere();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const own = appeals.filter((appeal) => appeal.criterion === criterion.id);
  const last = own.at(-1);
  const elsewhere = appeals.some((appeal) => isWaiting(appeal) && appeal.criterion !== criterion.id);

  function close() {
    setOpen(false);
    requestAnimationFrame(() => button.current?.focus());
  }

  return (
    <>
      {own.map((appeal) =>
        appeal.result ? <AppealResult key={appeal.id} appeal={appeal} result={appeal.result} /> : null,
      )}
      <p role="status" className="text-sm text-muted-foreground empty:hidden print:hidden">
        {last && isWaiting(last) && (
          <span className="flex items-center gap-2 py-1">
            <LoaderCircle className="size-4 animate-spin" aria-hidden />
            Your objection is being looked at: the session is judged afresh.
          </span>
        )}
        {last?.status === "failed" && "Your objection could not be looked at, through our fault. It does not count; object again."}
      </p>
      {open ? (
        <ObjectionForm criterion={criterion} onClose={close} onSent={() => setOpen(false)} />
      ) : (
        left !== null &&
        left > 0 &&
        !(last && isWaiting(last)) && (
          <Button
            ref={button}
            variant="link"
            size="inline"
            className="self-start py-1 text-sm text-muted-foreground print:hidden"
            aria-disabled={elsewhere}
            aria-label={`Object to this mark: ${criterion.text}`}
            title={elsewhere ? "Another objection is being looked at" : undefined}
            onClick={() => elsewhere || setOpen(true)}
          >
            <Scale aria-hidden />
            Object to this mark
          </Button>
        )
      )}
    </>
  );
}

type ObjectionFormProps = { criterion: CriterionMark; onClose: () => void; onSent: () => void };

function ObjectionForm({ criterion, onClose, onSent }: ObjectionFormProps) {
  const { sessionId, left } = useAppealsHere();
  const [reason, setReason] = useState("");
  const send = useObject(sessionId);
  const box = useRef<HTMLTextAreaElement>(null);
  const length = [...reason.trim()].length;
  const sendable = length > 0 && length <= REASON_LIMIT && !send.isPending;

  useEffect(() => box.current?.focus(), []);

  return (
    <form
      className="mt-2 flex max-w-3xl flex-col gap-3 rounded-md border bg-card p-4 print:hidden"
      aria-label={`Objection to: ${criterion.text}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (sendable) send.mutate({ criterion: criterion.id, reason: reason.trim() }, { onSuccess: onSent });
      }}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <FormField
        label="Why is this mark wrong?"
        error={length > REASON_LIMIT ? `At most ${REASON_LIMIT} characters.` : send.error?.message}
        hint="Quote what you said, four words or more in a row, and that passage is read again. What you write here is no evidence itself."
      >
        {(wiring) => (
          <Textarea {...wiring} ref={box} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </FormField>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" size="sm" aria-disabled={!sendable}>
          {send.isPending && <LoaderCircle className="animate-spin" aria-hidden />}
          Judge it afresh
        </Button>
        <Button type="button" size="sm" variant="ghost" onClick={onClose}>
          Cancel
        </Button>
        <p className="figures ml-auto text-sm text-muted-foreground">
          {length} of {REASON_LIMIT}
        </p>
      </div>
      <p className="text-sm text-muted-foreground">
        {left === 1 ? "This is the last objection for this session." : `You can object ${left} more times in this session.`} The
        higher mark counts.
      </p>
    </form>
  );
}
