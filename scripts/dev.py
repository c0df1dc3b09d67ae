"""`make dev`: the server on :8000 and the frontend on :3000, which passes API calls and sockets on to it.

Open http://localhost:3000. Both start again when their sources change. The database outlives the reloads, because it
belongs to this process.
"""

import os
import subprocess
import sys
from pathlib import Path

from watchfiles import PythonFilter, run_process

from mockloop.cli.database import running_database
from mockloop.settings import load_settings

ROOT = Path(__file__).parents[1]


def serve(database_url: str) -> None:
    """One server on the database of the outer process."""
    os.environ["MOCKLOOP_DATABASE_URL"] = database_url
    from mockloop.cli import main

    sys.argv = ["mockloop", "serve"]
    main()


if __name__ == "__main__":
    with running_database(load_settings()) as address:
        web = subprocess.Popen(["npm", "run", "--silent", "dev"], cwd=ROOT / "web")
        try:
            run_process(ROOT / "src", target=serve, args=(address.url,), watch_filter=PythonFilter())
        finally:
            web.terminate()
            web.wait()
