"""The watch itself: each kind of fault is seen, so that silence means something."""

import pytest

from tests.browser.conftest import Visitors
from tests.browser.visitor import DESK, PHONE, Screen
from tests.support.candidate import House

pytestmark = pytest.mark.browser

PROVOCATIONS = {
    "content security policy": """() => {
        const script = document.createElement("script");
        script.textContent = "1";
        document.head.append(script);
    }""",
    "page error": "() => setTimeout(() => { throw new Error('on purpose') })",
    "console error": "() => console.error('on purpose')",
    "foreign host": "() => void open('http://foreign.invalid/')",
    "scrolls sideways": """() => {
        const box = document.createElement("div");
        box.style.cssText = "position: absolute; left: 0; top: 0; width: 3000px; height: 2px";
        document.body.append(box);
    }""",
}


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=lambda screen: screen.name)
async def test_every_fault_is_seen(screen: Screen, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen)
    await ada.opens("/login")
    await ada.reads("Log in")
    assert ada.watch.faults == []
    for kind, act in PROVOCATIONS.items():
        await ada.page.evaluate(act)
        await ada.watch.sees(kind)
    ada.watch.allow(".")
