"""Documents are taken apart in a process of its own, which has limits, no secrets and no way out (T20, F24)."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from careers.uploads import Refused, check, check_upload, parsing
from careers.uploads.child import fence, jpeg, pictures, working
from careers.uploads.child.refusing import Unwanted
from tests.careers.factories import docx_bytes, pdf_bytes, upload
from tests.careers.uploads.corpus.hostile_files import flood, picture, with_place
from tests.careers.uploads.corpus.hostile_packages import document

CHILD = Path(parsing.__file__).with_name("child")
WAY = f"import sys; sys.path.append({str(CHILD.parent)!r})\n"


def behaving(monkeypatch, tmp_path, program):
    """Another program in the place of the child's."""
    path = tmp_path / "run.py"
    path.write_text(program)
    monkeypatch.setattr(parsing, "_RUN", path)


@pytest.mark.parametrize(
    "program",
    [
        "raise SystemExit(1)",
        "import os; os.kill(os.getpid(), 9)",
        "import os; os.abort()",
        "import time; time.sleep(60)",
        f"{WAY}from child import fence\nfence.limit()\nx = bytearray(2 << 30)",
    ],
    ids=["fails", "is killed", "crashes", "hangs", "takes memory"],
)
def test_a_child_that_ends_badly_means_could_not_be_read(afresh, monkeypatch, tmp_path, program):
    behaving(monkeypatch, tmp_path, program)
    monkeypatch.setattr(parsing, "MOST_SECONDS", 2)
    for work in (parsing.clean, parsing.preview):
        with pytest.raises(Refused) as refused:
            work(io.BytesIO(b"x"), "pdf")
        assert refused.value.code == "unreadable"


def test_the_child_knows_nothing_of_ours(afresh, monkeypatch, tmp_path):
    monkeypatch.setenv("FIELD_KEYS", "hemmelig")
    answer = '{"code": "", "text": sorted(os.environ), "pages": 0, "sizes": []}'
    told = f"import json, os, sys\nos.write(int(sys.argv[3]), json.dumps({answer}).encode())"
    behaving(monkeypatch, tmp_path, told)
    cleaned = parsing.clean(io.BytesIO(b"x"), "pdf")
    cleaned.stream.close()
    assert set(cleaned.text) <= {"LANG", "LC_CTYPE"}


class Flowing:
    """What comes out of the store piece by piece: it can be read on and not back."""

    def __init__(self, content):
        self.read = io.BytesIO(content).read


def test_what_can_only_be_read_once_is_drawn_too(afresh):
    drawn = parsing.preview(Flowing(pdf_bytes()), "pdf")
    assert drawn.pages == 1 and drawn.pictures[0].startswith(b"\x89PNG")


@pytest.mark.parametrize("attempt", ["open('/etc/passwd')", "__import__('socket').socket()"])
def test_behind_the_fence_nothing_can_be_opened(attempt):
    program = (
        f"{WAY}import socket\nfrom child import fence\nfence.limit()\nfence.close_doors()\n"
        f"try:\n  kept = [{attempt} for _ in range(9)]\n"
        "except OSError as error:\n  raise SystemExit(0 if error.errno == 24 else 2)\nraise SystemExit(3)"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], stdin=subprocess.DEVNULL, check=False)
    assert done.returncode == 0


def test_no_room_on_the_disk_loses_nothing(monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parsing.tempfile, "TemporaryFile", full)
    monkeypatch.setattr(check.parsing, "_run", check.parsing._run.__wrapped__)
    with pytest.raises(Refused) as refused:
        check_upload(upload())
    assert refused.value.code == "not-stored"


def test_the_limits_are_those_that_are_written_down():
    assert (fence.MEMORY, fence.SECONDS, parsing.MOST_SECONDS) == (1 << 30, 15, 20)


def numbers(text):
    return docx_bytes(**{"word/document.xml": document(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")})


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (numbers("Jeg er 010101 00132 og søker"), "cv.docx", None),
        (numbers("Kort 4111 1111 1111 1111"), "cv.docx", "card_number"),
        (numbers("2015-2018 2018-2021 2021-2024"), "cv.docx", None),
        (pdf_bytes(), "4111111111111111.pdf", "card_number"),
    ],
)
def test_numbers_are_found_before_anything_is_stored(content, name, code):
    if code is None:
        assert check_upload(upload(name, content)).display_name == name
        return
    with pytest.raises(Refused) as refused:
        check_upload(upload(name, content))
    assert refused.value.code == code


def test_national_numbers_in_a_pdf_are_found(valid_national_number):
    from tests.careers.uploads.corpus.honest_documents import drawn

    with pytest.raises(Refused) as refused:
        check_upload(upload("cv.pdf", drawn(f"Født {valid_national_number}", pages=1)))
    assert refused.value.code == "national_number"


@pytest.fixture
def valid_national_number():
    """A number of nobody: its month is raised by 80, as in test registers."""
    from stdnum.no import fodselsnummer

    for serial in range(100, 999):
        digits = f"018190{serial}"
        first = fodselsnummer.calc_check_digit1(digits + "00")
        second = fodselsnummer.calc_check_digit2(f"{digits}{first}0") if first != "-" else "-"
        if first.isdigit() and second.isdigit():
            return f"{digits}{first}{second}"
    raise AssertionError


def test_the_handlers_can_be_called_in_this_process_too():
    made = io.BytesIO()
    found = working.handler("clean", "pdf")(pdf_bytes(), made)
    assert found == {"code": "", "text": "Erfaring: blaserom", "pages": 0, "sizes": []} and made.tell()
    drawn = working.handler("preview", "pdf")(made.getvalue(), io.BytesIO())
    assert drawn["pages"] == 1 and len(drawn["sizes"]) == 1
    assert working.handler("preview", "docx")(docx_bytes(), made)["text"] == "Erfaring: blaserom"
    assert working.handler("clean", "docx")(b"x", made)["code"] == "damaged"


def test_pictures_are_drawn_anew_upright_and_without_where_they_were_taken():
    assert b"Zx9Kanari" in with_place() and b"Zx9Kanari" not in pictures.drawn_anew(with_place())
    assert b"Zx9Kanari" in with_place() and b"Zx9Kanari" not in jpeg.without_metadata(with_place())
    assert jpeg.without_metadata(b"no picture") == b"no picture"
    for kind in ("PNG", "GIF", "JPEG"):
        assert pictures.drawn_anew(picture(kind)).startswith(picture(kind)[:3])
    assert pictures.drawn_anew(picture("TIFF")).startswith(b"\x89PNG")
    assert pictures.drawn_anew(b"\x01\x00\x00\x00 drawing") == pictures.empty()
    with pytest.raises(Unwanted) as refused:
        pictures.drawn_anew(flood())
    assert refused.value.code == "too-packed"
