import { describe, expect, it } from "vitest";
import { paragraphsOf, piecesOf } from "./placeholders";

const marked = (text: string, known = "") =>
  piecesOf(text, known).flatMap(({ text, placeholder }) => (placeholder ? [text] : []));

describe("placeholders", () => {
  it.each([
    ["It cost [your figure] and took [how long].", ["[your figure]", "[how long]"]],
    ["[what changed for the users]", ["[what changed for the users]"]],
    ["Über [deine Zahl].", ["[deine Zahl]"]],
    ["I take seen[key] and rows[i][column].", []],
    ["From [0, 1] to [10], or [] and [i].", []],
    ["[open only, [your figure]", ["[your figure]"]],
    ["[a line\nand another]", []],
  ])("of %j are %j", (text, found) => {
    expect(marked(text)).toEqual(found);
  });

  it("are not what the question or the candidate wrote", () => {
    expect(marked("A booking is [start, end], of [your figure].", "Each booking is a pair [start, end].")).toEqual([
      "[your figure]",
    ]);
  });

  it("take nothing away from the text", () => {
    const text = "[your team] did it, at [your figure] a day [";
    expect(piecesOf(text, "").map((piece) => piece.text).join("")).toBe(text);
    expect(piecesOf("", "")).toEqual([]);
  });
});

it("leaves out empty paragraphs", () => {
  expect(paragraphsOf("One.\n\n  \nTwo.\n")).toEqual(["One.", "Two."]);
});
