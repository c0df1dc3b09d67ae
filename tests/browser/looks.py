"""How a screen looks: axe's opinion, controls that lie outside the window, and a picture for people to judge."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = Path(__file__).parent / "screenshots"

RUN_AXE = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, help, nodes }) => ({ id, impact, help,
      where: nodes.slice(0, 5).map(({ target, failureSummary }) => `${target}: ${failureSummary}`) }));
}"""

OUTSIDE = """() => {
  const scrolls = (box) =>
    ["auto", "scroll"].includes(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth;
  const within = ({ parentElement }, test) => parentElement && (test(parentElement) || within(parentElement, test));
  return [...document.querySelectorAll("a, button, input, select, textarea, [tabindex='0']")].filter((element) => {
    const box = element.getBoundingClientRect();
    if (!box.width || !element.checkVisibility({ visibilityProperty: true })) return false;
    if (element.ariaHidden || element.closest(".sr-only, .monaco-editor") || within(element, scrolls)) return false;
    return box.left < -1 || box.right > innerWidth + 1;
  }).map((element) => element.outerHTML.slice(0, 200));
}"""


async def findings_of_axe(page: Page) -> list[dict[str, Any]]:
    """What axe calls serious or critical. It comes in by `evaluate`: the content security policy bars script tags."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = await page.evaluate(RUN_AXE)
    return found


async def controls_outside(page: Page) -> list[str]:
    """Controls that stick out of the window where nothing scrolls: cut off, or out of reach."""
    outside: list[str] = await page.evaluate(OUTSIDE)
    return outside


async def take_picture(page: Page, name: str, *, whole: bool = False) -> None:
    """`tests/browser/screenshots/<name>.png`; `whole`: the page down to its end."""
    PICTURES.mkdir(exist_ok=True)
    await page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)
