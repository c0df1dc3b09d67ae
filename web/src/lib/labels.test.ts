import { describe, expect, it } from "vitest";
import { standing } from "./labels";

const session = { status: "completed", started_at: "2026-11-20T10:00:00Z", outcome: null, overall: null } as const;

describe("standing", () => {
  it("shows the outcome once there is one, also when time ran out", () => {
    expect(standing({ ...session, outcome: "Strong Hire", overall: 9 })).toEqual({ label: "Strong Hire", tone: "positive" });
    expect(standing({ ...session, status: "expired", outcome: "No Hire", overall: 2 })).toEqual({
      label: "No Hire",
      tone: "negative",
    });
  });

  it("tells a session that is being marked from one that never began", () => {
    expect(standing(session).label).toBe("Being marked");
    expect(standing({ ...session, status: "expired", started_at: null }).label).toBe("Never begun");
    expect(standing({ ...session, status: "created", started_at: null }).label).toBe("Not begun");
  });
});
