import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ReviewContext } from "./review-context";
import type { AnswerFeedback, Dimension, Entry, SessionFeedback } from "./scorecard-types";
import { pauseAfter } from "./use-written-feedback";
import { WrittenFeedback } from "./written-feedback";
import type { components } from "@/lib/api/schema";

type Feedback = components["schemas"]["WrittenFeedback"];

const NONE: Feedback = { status: "none", written: null, made_at: null, can_ask: true };
const WAITING: Feedback = { ...NONE, status: "waiting" };
const FAILED: Feedback = { ...NONE, status: "failed" };

const ON_SESSION: SessionFeedback = {
  overall_assessment: "You explained your plan.",
  key_strengths: [{ criterion: "planned", text: "You said what you would do." }],
  areas_to_improve: [],
  coaching_priorities: ["Say the cost aloud.", "Try an empty list."],
  next_steps: "Take another question tomorrow.",
  provider: "attic",
  prompt: "session_feedback 1",
};
const ON_ANSWER: AnswerFeedback = {
  id: "follow-up-x",
  question: "What if <b>rooms</b> are many?",
  said: [4],
  overall_assessment: "It names the idea.",
  what_landed: [{ why: "The idea is there.", evidence: [{ kind: "said", seq: 4, quote: "a heap" }] }],
  what_didnt_land: [{ gap: "The cost stays open.", next_step: "Say what one step costs." }],
  coaching: "Begin with the idea.\nThen the cost.",
  revised_answer: "I keep a heap, which costs [your figure].",
  provider: "attic",
  prompt: "question_feedback 1",
};
const READY: Feedback = {
  ...NONE,
  status: "ready",
  written: { session: ON_SESSION, questions: [ON_ANSWER] },
};

const DIMENSIONS = [
  { id: "process", title: "Process", criteria: [{ id: "planned", text: "Explains an approach" }] },
] as unknown as Dimension[];
const ENTRIES = [
  { seq: 3, event: { type: "CandidateSaid", text: "Something else." } },
  { seq: 4, event: { type: "CandidateSaid", text: "I would keep a heap." } },
] as unknown as Entry[];

let answers: { GET: Feedback; POST: Feedback | { status: number; body: object } };
let asked: string[];

function reply(method: "GET" | "POST"): Response {
  const one = answers[method];
  return "body" in one ? Response.json(one.body, { status: one.status }) : Response.json(one);
}

async function show(feedback: Feedback, entries = ENTRIES): Promise<void> {
  answers.GET = feedback;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ReviewContext value={{ timeline: null, jump: () => {}, addressOf: (seq) => `#${seq}` }}>
        <WrittenFeedback sessionId="s" dimensions={DIMENSIONS} entries={entries} />
      </ReviewContext>
    </QueryClientProvider>,
  );
  await pass(0);
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

function hide(hidden: boolean): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(hidden ? "hidden" : "visible");
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answers = { GET: NONE, POST: WAITING };
  vi.stubGlobal("fetch", async ({ method }: Request) => {
    asked.push(method);
    return reply(method as "GET" | "POST");
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("pauses longer and longer, five seconds at most", () => {
  const pauses = [1, 2, 3, 4, 20].map(pauseAfter);
  expect(pauses[0]).toBe(1000);
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(5000);
  expect(new Set(pauses).size).toBe(5);
});

describe("while a model writes", () => {
  it("asks again until it is ready, and says so", async () => {
    await show(WAITING);
    expect(screen.getByRole("status").textContent).toContain("is writing feedback");
    await pass(1000);
    expect(asked).toHaveLength(2);
    await pass(1000);
    expect(asked).toHaveLength(2);
    answers.GET = READY;
    await pass(5000);
    expect(screen.getAllByRole("status")[0]?.textContent).toBe("The written feedback is ready.");
    const so_far = asked.length;
    await pass(60_000);
    expect(asked).toHaveLength(so_far);
  });

  it("asks nothing in a hidden tab", async () => {
    await show(WAITING);
    hide(true);
    await pass(60_000);
    expect(asked).toHaveLength(1);
    hide(false);
    await pass(5000);
    expect(asked.length).toBeGreaterThan(1);
  });
});

describe("when it is not there", () => {
  it("can be asked for", async () => {
    await show(NONE);
    fireEvent.click(screen.getByRole("button", { name: "Have a model write feedback" }));
    await pass(0);
    expect(asked).toEqual(["GET", "POST"]);
    expect(screen.getByRole("status").textContent).toContain("is writing feedback");
    expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Written feedback" }));
    await pass(1000);
    expect(asked).toEqual(["GET", "POST", "GET"]);
  });

  it("can be asked for again after a failure", async () => {
    await show(FAILED);
    expect(screen.getByRole("status").textContent).toBe("No model answered.");
    expect(screen.getByRole("button", { name: "Ask again" })).toBeTruthy();
  });

  it.each([
    [FAILED, "Ask again"],
    [NONE, "Have a model write feedback"],
  ])("repeats why it was refused: %#", async (before, button) => {
    await show(before);
    const body = { code: "no_writer", message: "No language model is set up for you.", details: {} };
    answers.POST = { status: 409, body };
    answers.GET = { ...before, can_ask: false };
    fireEvent.click(screen.getByRole("button", { name: button }));
    await pass(0);
    expect(screen.getByRole("alert").textContent).toBe(body.message);
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByRole("link").getAttribute("href")).toBe("/settings");
  });

  it("is one line where nobody could write it", async () => {
    await show({ ...NONE, can_ask: false });
    expect(screen.queryByRole("heading")).toBeNull();
    expect(screen.getByRole("link").getAttribute("href")).toBe("/settings");
  });
});

describe("what is shown", () => {
  it("says who wrote it, and leads to the criteria", async () => {
    await show(READY);
    expect(document.body.textContent).toContain("Written by attic, a language model");
    expect(screen.getByRole("link", { name: "Process: Explains an approach" }).getAttribute("href")).toBe("#criterion-planned");
  });

  it("has what was said beside the revised answer, with what is to be filled in", async () => {
    await show(READY);
    expect(screen.getByRole("region", { name: "What you said" }).textContent).toBe("What you saidI would keep a heap.");
    const revised = screen.getByRole("region", { name: "Revised answer" });
    expect(revised.querySelector("mark")?.textContent).toBe("[your figure]");
  });

  it("folds what was said at great length", async () => {
    const long = [{ seq: 4, event: { type: "CandidateSaid", text: "Then I would go on. ".repeat(200) } }];
    await show(READY, long as unknown as Entry[]);
    const fold = screen.getByRole("button", { name: "Show all you said" });
    expect(fold.getAttribute("aria-expanded")).toBe("false");
    fireEvent.click(fold);
    expect(screen.getByRole("button", { name: "Show less" }).getAttribute("aria-expanded")).toBe("true");
    cleanup();
    await show(READY);
    expect(screen.queryByRole("button", { name: "Show all you said" })).toBeNull();
  });

  it("is text, whatever it holds", async () => {
    await show(READY);
    expect(screen.getByRole("heading", { level: 3, name: ON_ANSWER.question })).toBeTruthy();
    expect(document.querySelector("b")).toBeNull();
  });

  it("does without what is empty", async () => {
    const bare = { ...ON_ANSWER, what_landed: [], what_didnt_land: [], coaching: "", revised_answer: null, said: [] };
    await show({ ...READY, written: { session: null, questions: [bare] } });
    expect(screen.getAllByRole("heading").map((one) => one.textContent)).toEqual(["Written feedback", ON_ANSWER.question]);
    expect(document.body.textContent).toContain("There is no revised answer");
    expect(document.querySelector("mark")).toBeNull();
  });

  it("is copied; where the browser refuses, it is selected", async () => {
    await show(READY);
    const revised = within(screen.getByRole("region", { name: "Revised answer" }));
    const copied = vi.fn();
    vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: async (text: string) => copied(text) } });
    fireEvent.click(revised.getByRole("button"));
    await pass(0);
    expect(copied).toHaveBeenCalledWith(ON_ANSWER.revised_answer);
    expect(revised.getByRole("status").textContent).toBe("Copied");
    vi.stubGlobal("navigator", {});
    fireEvent.click(revised.getByRole("button"));
    await pass(0);
    expect(window.getSelection()?.toString()).toBe(ON_ANSWER.revised_answer);
    expect(revised.getByRole("status").textContent).toContain("Selected");
  });
});
