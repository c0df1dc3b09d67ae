"""The image of the Docker backend: its name, and the folder from which `deploy/runner/build.sh` builds it.

`python -m mockloop.runner.image FOLDER` writes the folder and prints the name.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from mockloop.runner.languages import find_node

_HARNESS = Path(__file__).parent / "harness"
_FILES = ("relay.py", "driver.py", "driver.cjs")


def image_name() -> str:
    """`mockloop-runner:<digest of the harness>`: an image of another version has another name."""
    digest = hashlib.sha256()
    for name in _FILES:
        digest.update((_HARNESS / name).read_bytes())
    return f"mockloop-runner:{digest.hexdigest()[:12]}"


def write_context(folder: Path) -> str:
    """Put Node and the harness into `folder`, as the image wants them; gives the image's name."""
    box = folder / "box"
    box.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copyfile(_HARNESS / name, box / name)
    node = Path(find_node(folder).binds[0][0])
    shutil.copyfile(node, folder / "node")
    (folder / "node").chmod(0o755)
    return image_name()


if __name__ == "__main__":
    sys.stdout.write(write_context(Path(sys.argv[1])) + "\n")
