import { createContext, useContext } from "react";
import type { Appeal } from "./scorecard-types";

export type Appeals = {
  sessionId: string;
  /** Oldest first. */
  appeals: readonly Appeal[];
  /** How many more there can be; null while that is not known. */
  left: number | null;
};

export const AppealsContext = createContext<Appeals | null>(null);

export function useAppealsHere(): Appeals {
  const appeals = useContext(AppealsContext);
  if (!appeals) throw new Error("useAppealsHere is used outside a scorecard");
  return appeals;
}
