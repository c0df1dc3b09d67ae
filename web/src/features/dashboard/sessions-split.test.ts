import { describe, expect, it } from "vitest";
import { isOpen, latestMarks, practiseAddress } from "./sessions-split";
import type { SessionSummary } from "@/lib/api/types";

const session = (id: string, overall: number | null): SessionSummary => ({
  id,
  format: "coding-30",
  type: "coding",
  title: "Coding interview",
  question: { id: "rooms-for-bookings", title: "Rooms for bookings" },
  company_style: "big-bank",
  difficulty: "medium",
  language: "typescript",
  status: "completed",
  created_at: "2026-11-20T10:00:00Z",
  started_at: "2026-11-20T10:01:00Z",
  ended_at: "2026-11-20T10:28:00Z",
  deadline_at: "2026-11-20T10:31:00Z",
  overall,
  outcome: null,
});

describe("latestMarks", () => {
  it("leaves out what has no mark, keeps a mark of zero, and ends with the newest", () => {
    const newestFirst = [session("d", 7), session("c", null), session("b", 0), session("a", 5)];
    expect(latestMarks(newestFirst, 2).map(({ id }) => id)).toEqual(["b", "d"]);
  });
});

describe("practiseAddress", () => {
  it("takes the choices along", () => {
    const query = new URL(practiseAddress(session("a", 5)), "http://mockloop.test").searchParams;
    expect(Object.fromEntries(query)).toEqual({
      format: "coding-30",
      question: "rooms-for-bookings",
      style: "big-bank",
      language: "typescript",
    });
  });
});

describe("isOpen", () => {
  it.each([
    ["created", true],
    ["in_progress", true],
    ["completed", false],
    ["expired", false],
  ] as const)("%s: %s", (status, open) => {
    expect(isOpen({ status })).toBe(open);
  });
});
