import { useEffect, useState } from "react";

/** True for a while after `value` has changed to another one. */
export function useLinger(value: number, ms: number): boolean {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (settled === value) return;
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, settled, ms]);
  return settled !== value;
}
