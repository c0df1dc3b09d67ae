"""The image of the Docker backend: its name, and the folder from which `deploy/runner/build.sh` builds it.

`python -m mockloop.runner.image FOLDER` writes the folder and prints the name.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from mockloop.runner.languages import LANGUAGES, find_node, harness_text

_FILES = {
    "relay.py": ("relay.py",),
    "driver.py": LANGUAGES["python"].harness,
    "driver.cjs": LANGUAGES["javascript"].harness,
}
"""What lies in the image's `/box`, and the files of the harness that it is made of."""


def image_name() -> str:
    """`mockloop-runner:<digest of the harness>`: an image of another version has another name."""
    digest = hashlib.sha256()
    for names in _FILES.values():
        digest.update(harness_text(names).encode())
    return f"mockloop-runner:{digest.hexdigest()[:12]}"


def write_context(folder: Path) -> str:
    """Put Node and the harness into `folder`, as the image wants them; gives the image's name."""
    box = folder / "box"
    box.mkdir(parents=True, exist_ok=True)
    for name, names in _FILES.items():
        (box / name).write_text(harness_text(names), encoding="utf-8")
    node = Path(find_node(folder).binds[0][0])
    shutil.copyfile(node, folder / "node")
    (folder / "node").chmod(0o755)
    return image_name()


if __name__ == "__main__":
    sys.stdout.write(write_context(Path(sys.argv[1])) + "\n")
