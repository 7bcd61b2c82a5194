"""Log lines as JSON, without personal values."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

ADDRESS = re.compile(r"[^\s@<>\"'=:,;()\[\]{}]+@[^\s@<>\"',;()\[\]{}]+")


class JsonLines(logging.Formatter):
    """One JSON object per line: time (UTC), level, logger, text, and for an error its type and the places it passed.

    The text of an exception is left out, because databases and libraries quote the value that was wrong; e-mail
    addresses in the message itself are masked.
    """

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "text": ADDRESS.sub("(address)", record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            line |= _error(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _error(exc_info):
    frames = traceback.extract_tb(exc_info[2])
    return {"error": exc_info[0].__name__, "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]}
