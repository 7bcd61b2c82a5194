"""import_notice: a notice from before, byte for byte, with one JSON document for whoever ran it (N67)."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from privacy.models import NoticeText

pytestmark = pytest.mark.django_db
WORDS = "Huset vårt\r\nSist endret 10. juli.\n".encode("cp1252")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_bytes(WORDS)
    return path


def run(*said):
    out = StringIO()
    call_command("import_notice", *map(str, said), stdout=out)
    return out.getvalue()


def test_it_says_version_and_digest_and_again_the_same(file):
    expected = {"version": "1", "sha256": hashlib.sha256(WORDS).hexdigest()}
    for _time in range(2):
        said = run(file, "--published", "2018-07-10", "--language", "nb", "--format", "json")
        assert json.loads(said) == expected
    assert bytes(NoticeText.objects.get().original) == WORDS
    assert "Version 1, published 2018-07-10" in run(file, "--published", "2018-07-10", "--language", "nb")


def test_a_refusal_is_a_sentence_and_nothing_is_kept(file, tmp_path):
    with pytest.raises(CommandError, match="has not come yet"):
        run(file, "--published", "2999-01-01")
    with pytest.raises(CommandError, match="could not be read"):
        run(tmp_path / "none.txt", "--published", "2018-07-10")
    for day in ("10.07.2018", "2018-13-01"):
        with pytest.raises(CommandError, match="is no date"):
            run(file, "--published", day)
    with pytest.raises(CommandError, match="required"):
        run(file)
    with pytest.raises(CommandError, match="invalid choice"):
        run(file, "--published", "2018-07-10", "--language", "de")
    assert not NoticeText.objects.exists()
