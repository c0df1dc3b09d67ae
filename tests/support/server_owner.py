"""A process that owns an embedded server until it is told to stop. Run by `servers`, to be killed."""

import sys
from pathlib import Path

from mockloop.db.embedded import start_embedded

if __name__ == "__main__":
    with start_embedded(Path(sys.argv[1]), attach="--attach" in sys.argv) as server:
        sys.stdout.write(f"{'owner' if server.owned else 'attached'} {server.pid} {server.url}\n")
        sys.stdout.flush()
        sys.stdin.read()
