"""The rules of the house that can be checked: words, sizes, documents, and that every command has its right."""

import ast
import re
import subprocess
from pathlib import Path
from typing import Any, get_args

import pytest

from mockloop.rooms import protocol as p
from mockloop.rooms.answers import PERMITTED

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "mockloop"
WEB = ROOT / "web" / "src"

PYTHON_LINES = 400
TYPESCRIPT_LINES = 250
FUNCTION_LINES = 60

BANNED_NAMES = ("utils", "util", "helpers", "misc", "manager", "base", "data", "info", "common")
PRESCRIBED_NAMES = {
    "get_retry_decision", "process_bind_param", "process_result_value", "_process_response_data",
}  # fmt: skip
"""Hooks of libraries, which name them."""

COMMON_MEANS_FREQUENT = {"PasswordTooCommon"}

GENERATED = ("schema.d.ts",)


def python_files() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "content" not in path.parts and "static" not in path.parts]


def typescript_files() -> list[Path]:
    return [path for path in WEB.rglob("*.ts*") if path.name not in GENERATED]


def tracked_texts() -> list[Path]:
    """Every file in the repository that is text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    binary = (".png", ".jpg", ".woff2", ".ico", ".gz")
    return [ROOT / name for name in listed.split("\0") if name and not name.endswith(binary) and (ROOT / name).exists()]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_file_holds_two_things() -> None:
    long = [
        f"{named(path)}: {lines}"
        for paths, limit in ((python_files(), PYTHON_LINES), (typescript_files(), TYPESCRIPT_LINES))
        for path in paths
        if (lines := len(path.read_text("utf-8").splitlines())) > limit
    ]
    assert not long, "a file that is too long wants a second noun"


def test_no_function_needs_headings() -> None:
    long = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not long


def test_names_say_what_they_hold() -> None:
    modules = [named(path) for path in (*python_files(), *typescript_files()) if path.stem in BANNED_NAMES]
    classes = [
        f"{named(path)}:{node.name}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        and node.name not in {"Base", *COMMON_MEANS_FREQUENT}
        and re.findall("[A-Z][a-z]*", node.name)[-1:] in [[word.capitalize()] for word in BANNED_NAMES]
    ]
    assert not modules + classes


def test_functions_are_verbs_without_get_and_handle() -> None:
    wrong = [
        f"{named(path)}:{node.name}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and re.match(r"_?(get|process)_", node.name)
        and node.name not in PRESCRIBED_NAMES
    ]
    assert not wrong


def test_every_module_says_what_it_is_for() -> None:
    silent = [named(path) for path in python_files() if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert not silent


def test_every_command_has_its_right() -> None:
    commands = set(get_args(get_args(p.Command)[0]))
    assert set(PERMITTED) == commands


def test_every_event_is_folded_in_the_browser_too() -> None:
    from mockloop.sessions import events as e

    fold = (WEB / "features" / "room" / "fold.ts").read_text("utf-8")
    types: list[Any] = list(get_args(get_args(e.Event)[0]))
    missing = [event.__name__ for event in types if f'case "{event.__name__}"' not in fold]
    assert not missing


def test_importing_the_product_has_no_effect() -> None:
    """No module opens, reads the environment, or starts anything at its top level."""
    calls = ("open(", "os.environ", "subprocess.", "asyncio.run(", "load_settings(", "load_bank(")
    wrong = [
        f"{named(path)}:{node.lineno}"
        for path in python_files()
        if path.name != "__main__.py"
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.Expr | ast.Assign | ast.AnnAssign)
        and any(call in ast.unparse(node) for call in calls)
        and not isinstance(getattr(node, "value", None), ast.Constant)
    ]
    assert not wrong


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", *sorted(map(str, Path("docs").rglob("*.md")))])
def test_what_the_documents_name_exists(document: str) -> None:
    """Paths in backticks that begin with a folder of ours, and relative links."""
    text = (ROOT / document).read_text("utf-8")
    folders = "src|web|tests|bench|deploy|docs|scripts"
    paths = {
        match.split("::")[0].rstrip("/")
        for match in re.findall(rf"`((?:{folders})/[A-Za-z0-9_./\-()]+)`", text)
        if "*" not in match and "<" not in match
    }
    links = {
        str((ROOT / document).parent.joinpath(link.split("#")[0]).resolve())
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)]+)\)", text)
    }
    modules = set(
        re.findall(rf"`((?:{'|'.join(d.name for d in SOURCE.iterdir() if d.is_dir())})/[a-z_./]+\.py)`", text)
    )
    missing = [path for path in paths if not (ROOT / path).exists()]
    missing += [link for link in links if not Path(link).exists()]
    missing += [module for module in modules if not (SOURCE / module).exists()]
    assert not missing


def test_the_project_speaks_of_itself_alone() -> None:
    """No machine's paths, no registry's addresses."""
    suspicious = re.compile(r"(?<![\w./~-])/(?:work|root)/|files\.pythonhosted|registry\.npmjs|\"resolved\": \"http")
    own = Path(__file__)
    found = [
        f"{named(path)}: {match.group(0)}"
        for path in tracked_texts()
        if path != own
        for match in [suspicious.search(path.read_text("utf-8", errors="replace"))]
        if match
    ]
    assert not found
