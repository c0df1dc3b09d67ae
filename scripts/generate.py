"""`make generate`: writes what is derived from the code: the OpenAPI document and the page of settings."""

import json
import subprocess
import sys
from pathlib import Path

from mockloop.app import create_app
from mockloop.settings import Settings

ROOT = Path(__file__).parents[1]
OPENAPI = ROOT / "web" / "openapi.json"
SETTINGS = ROOT / "docs" / "settings.md"


def openapi_text() -> str:
    """The document as it is checked in."""
    return json.dumps(create_app(Settings()).openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def settings_text() -> str:
    """The page of settings as it is checked in."""
    command = [sys.executable, "-m", "mockloop.settings"]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout


if __name__ == "__main__":
    OPENAPI.write_text(openapi_text(), "utf-8")
    SETTINGS.write_text(settings_text(), "utf-8")
