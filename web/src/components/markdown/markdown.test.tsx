import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { CodeBlock } from "./code-block";
import { Markdown } from "./markdown";

afterEach(cleanup);

describe("Markdown", () => {
  it("shows lists, code and tables", () => {
    const { container } = render(<Markdown text={"- one\n- two\n\n```python\nreturn 1\n```\n\n| a |\n|---|\n| b |"} />);
    expect(screen.getAllByRole("listitem")).toHaveLength(2);
    expect(screen.getByRole("table")).toBeTruthy();
    expect(container.querySelector("code .hljs-keyword")?.textContent).toBe("return");
  });

  it.each([
    '<img src=x onerror="steal()">',
    "<script>steal()</script>",
    '<a href="javascript:steal()">x</a>',
    "[x](javascript:steal())",
    "![x](https://elsewhere.test/pixel.png)",
    '<iframe src="https://elsewhere.test"></iframe>',
    '<p onclick="steal()" style="position:fixed">x</p>',
  ])("lets nothing through that runs or calls out: %s", (text) => {
    const { container } = render(<Markdown text={text} />);
    expect(container.querySelector("script, img, iframe, [onclick], [onerror], [style]")).toBeNull();
    expect(container.innerHTML).not.toMatch(/href="javascript:/i);
  });
});

describe("CodeBlock", () => {
  it("escapes what is not its own colouring", () => {
    const { container } = render(<CodeBlock code={'x = "<img src=x onerror=steal()>"'} language="python" label="Code" />);
    expect(container.querySelector("img")).toBeNull();
    expect(screen.getByRole("region").textContent).toContain("<img src=x onerror=steal()>");
  });

  it("numbers its lines", () => {
    const { container } = render(<CodeBlock code={"a\nb\nc"} language={null} label="Code" />);
    expect(container.querySelector("pre")?.textContent).toBe("1\n2\n3");
  });
});
