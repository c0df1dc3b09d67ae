"""`mockloop serve` with an interviewer that never ends a turn. Started, and killed, by `journeys/test_crashes.py`."""

import argparse

import uvicorn

from mockloop.app import create_app
from mockloop.interviewer.stalled import StalledInterviewer
from mockloop.settings import load_settings

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    settings = load_settings(port=parser.parse_args().port)
    assert settings.database_url is not None
    app = create_app(settings, settings.database_url.get_secret_value(), interviewer=StalledInterviewer())
    uvicorn.run(app, host="127.0.0.1", port=settings.port, ws="websockets-sansio", log_level="warning")
