// @vitest-environment jsdom
import { expect, test } from "vitest";
import { DRAFT_PREFIX, forgetDrafts } from "./drafts-storage";

test("signing out leaves no draft behind, and nothing else is touched", () => {
  window.localStorage.setItem(`${DRAFT_PREFIX}.s1.p1`, "unsaved code");
  window.localStorage.setItem(`${DRAFT_PREFIX}.s2.p9`, "unsaved words");
  window.localStorage.setItem("theme", "dark");
  forgetDrafts();
  expect(Object.keys(window.localStorage)).toEqual(["theme"]);
});
