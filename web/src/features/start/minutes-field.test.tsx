import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, expect, it } from "vitest";
import { minutesWithin } from "./choices";
import { MinutesField } from "./minutes-field";
import type { Segment } from "@/lib/api/types";

const code: Segment = {
  id: "code",
  title: "Code",
  purpose: "",
  stages: ["code"],
  minutes: 13,
  min_minutes: 5,
  max_minutes: 20,
};

function Field() {
  const [minutes, setMinutes] = useState(code.minutes);
  return <MinutesField segment={{ ...code, minutes }} onChange={(wanted) => setMinutes(minutesWithin(code, wanted))} />;
}

function field() {
  render(<Field />);
  return screen.getByRole<HTMLInputElement>("spinbutton", { name: "Minutes for Code" });
}

afterEach(cleanup);

it("lets one type through a number below the minimum", async () => {
  const input = field();
  await userEvent.clear(input);
  await userEvent.type(input, "1");
  expect(input.value).toBe("1");
  await userEvent.type(input, "2");
  await userEvent.tab();
  expect(input.value).toBe("12");
});

it("brings what was typed within the limits, and keeps the minutes when it is left empty", async () => {
  const input = field();
  await userEvent.clear(input);
  await userEvent.type(input, "99{Enter}");
  expect(input.value).toBe("20");
  await userEvent.clear(input);
  await userEvent.tab();
  expect(input.value).toBe("20");
});

it("steps by keys and buttons, and stops at the limit without losing the focus", async () => {
  const input = field();
  await userEvent.type(input, "{ArrowUp}{ArrowUp}{ArrowDown}");
  expect(input.value).toBe("14");
  const more = screen.getByRole("button", { name: "Code: one minute more" });
  for (let times = 0; times < 8; times += 1) await userEvent.click(more);
  expect(input.value).toBe("20");
  expect(more.getAttribute("aria-disabled")).toBe("true");
  expect(document.activeElement).toBe(more);
});
