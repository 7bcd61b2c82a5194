import json
import logging
import sys

from cn_portal.logs import JsonLines


def line(message, *args, exc_info=None):
    record = logging.LogRecord("portal", logging.WARNING, __file__, 1, message, args, exc_info)
    return json.loads(JsonLines().format(record))


def test_a_line_is_one_json_object():
    assert line("%d jobs «ferdig»\nnext", 3) | {"time": ""} == {
        "time": "",
        "level": "warning",
        "logger": "portal",
        "text": "3 jobs «ferdig»\nnext",
    }
    assert "\n" not in JsonLines().format(logging.LogRecord("x", 20, "", 1, "a\nb", (), None))


def test_an_address_is_masked():
    assert line("Sent to <Aase.Berg+x@soker.example>, again")["text"] == "Sent to <(address)>, again"


def test_the_text_of_an_error_is_left_out():
    try:
        raise ValueError("Key (email)=(aase) already exists")
    except ValueError:
        written = line("Could not save", exc_info=sys.exc_info())
    assert written["error"] == "ValueError"
    assert written["at"][0].endswith("test_the_text_of_an_error_is_left_out")
    assert "aase" not in json.dumps(written)
