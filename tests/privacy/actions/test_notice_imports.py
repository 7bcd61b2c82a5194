"""A notice from before this site is taken in as it is, byte for byte (N67)."""

import hashlib
from datetime import date, timedelta

import pytest
import time_machine
from django.utils.translation import override

from privacy import actions, queries
from privacy.actions.notice_imports import MOST_BYTES
from privacy.actions.notice_versions import today
from privacy.models import NoticeText, NoticeVersion

pytestmark = pytest.mark.django_db

OLD = "Huset\n\tVi  lagrer dine opplysninger på best måte, æøå.\r\n\r\nSist endret: i fjor. "
DAY = date(2018, 7, 10)


@pytest.fixture(autouse=True)
def english():
    """Refusals are sentences in the language of whoever is refused."""
    with override("en"):
        yield


def take_in(content=None, **said):
    content = OLD.encode() if content is None else content
    return actions.import_notice(content, **{"published_on": DAY, "language": "nb", "by": None, **said})


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (OLD.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + OLD.encode(), "utf-8-sig"),
        (OLD.encode("cp1252"), "cp1252"),
    ],
)
def test_every_byte_is_kept_and_shown_in_the_encoding_it_has(content, encoding):
    text = take_in(content)
    text = NoticeText.objects.get(pk=text.pk)
    assert bytes(text.original) == content
    assert text.sha256 == hashlib.sha256(content).hexdigest()
    assert (text.body, text.encoding) == (OLD, encoding)
    version = text.version
    assert (version.number, version.published_on, version.effective_from) == (1, DAY, DAY)
    assert (version.state, version.imported, version.facts) == ("current", True, {})


def test_the_same_file_again_is_the_same_version():
    first = take_in()
    assert take_in().pk == first.pk
    assert NoticeVersion.objects.count() == NoticeText.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"content": b"something else"}, "says something else"),
        ({"published_on": date(2018, 7, 11)}, "another date, 2018-07-10"),
        ({"language": "en", "published_on": date(2018, 7, 11)}, "another date, 2018-07-10"),
    ],
)
def test_version_1_is_never_changed(said, words):
    first = take_in()
    with pytest.raises(actions.NoticeRefused, match=words):
        take_in(**said)
    assert list(NoticeText.objects.values_list("pk", flat=True)) == [first.pk]


def test_the_other_language_of_the_same_notice_joins_it():
    take_in()
    take_in(b"The house", language="en")
    version = NoticeVersion.objects.get()
    assert queries.text_of(version, "en").body == "The house"
    assert queries.text_of(version, "nb").body == OLD


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf", "no text"),
        (b"a" * (MOST_BYTES + 1), "larger than 512 kB"),
        (b"GIF\x00\x01", "no text"),
        (b"\x81\x8d\xff", "no text"),
        (b"\xef\xbb\xbf\xff", "no text"),
    ],
)
def test_what_is_no_notice_is_refused_and_nothing_is_kept(content, words):
    with pytest.raises(actions.NoticeRefused, match=words):
        take_in(content)
    assert not NoticeVersion.objects.exists()


def test_the_largest_file_that_may_be():
    assert take_in(b"a" * MOST_BYTES).version.number == 1


def test_a_day_to_come_is_refused_and_today_is_not():
    with pytest.raises(actions.NoticeRefused, match="has not come yet"):
        take_in(published_on=today() + timedelta(days=1))
    assert take_in(published_on=today()).version.published_on == today()


def test_taken_in_first_it_is_in_force_until_our_own_is_published():
    old = take_in().version
    assert queries.version_in_force() == old
    own = actions.publish_first_notice()
    old.refresh_from_db()
    assert (own.number, queries.version_in_force(), old.state) == (2, own, "superseded")


def test_taken_in_later_it_stands_before_our_own_which_stays_in_force():
    own = actions.publish_first_notice()
    old = take_in().version
    assert (old.number, old.state, own.number, queries.version_in_force()) == (1, "superseded", 2, own)


def test_it_cannot_be_younger_than_what_came_after_it():
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        actions.publish_first_notice()
    with time_machine.travel("2026-03-09T12:00:00Z", tick=False):
        with pytest.raises(actions.NoticeRefused, match="older than the version after it"):
            take_in(published_on=date(2026, 3, 3))
        assert take_in(published_on=date(2026, 3, 2)).version.number == 1
