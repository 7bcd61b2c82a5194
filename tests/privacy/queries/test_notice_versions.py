"""Where the register and the notice differ, and what a longer period waits for (N64, T10)."""

from datetime import date

import pytest
from django.utils.translation import override

from privacy import actions, periods, queries, registry, tasks
from privacy.actions.notice_versions import today
from privacy.models import NoticeVersion, Recipient, RetentionRule
from privacy.queries.notice_differences import ADDED, REMOVED, differences, plain_lines
from privacy.queries.notice_facts import change_text, notice_facts
from privacy.queries.notice_versions import tells
from privacy.rules.notices import MATERIAL, Change
from tests.privacy.noticing import TOLD, day, long_here, move_bring, night, significant, work, write_elsewhere
from tests.toy.models import Guest

pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    with day("2026-03-02"):
        return actions.publish_first_notice()


def drift():
    with override("en"):
        return [(each.section, each.sentence, each.material) for each in queries.notice_drift()]


def test_what_was_just_published_says_what_the_register_says(own):
    assert drift() == []
    assert own.facts == notice_facts()


def test_without_a_version_of_our_own_that_is_what_is_named():
    [(section, sentence, material)] = drift()
    assert "has been published yet" in sentence and material
    actions.import_notice(b"old", published_on=date(2018, 7, 10), language="en")
    assert len(drift()) == 1


def test_nothing_is_said_to_have_changed_since_a_notice_from_before_or_none(own):
    move_bring()
    before = actions.import_notice(b"old", published_on=date(2018, 7, 10), language="en").version
    assert [change.about for change in queries.changes_since(own)] == ["Bring"]
    assert queries.changes_since(before) == [] and queries.changes_since(None) == []


def test_a_recipient_that_moves_is_named_and_significant(own):
    move_bring()
    assert drift() == [("Who receives data", "Bring: the recipient’s country was NO and is US.", True)]


def test_a_recipient_taken_from_the_register_is_named(own):
    Recipient.objects.filter(code="tnt").delete()
    found = drift()
    assert found and all("TNT no longer receives anything" in sentence for _section, sentence, _weight in found)
    assert not any(material for _section, _sentence, material in found)


def test_a_controller_reached_elsewhere_is_named_and_old_versions_keep_the_old_address(own, siv):
    write_elsewhere()
    [(section, sentence, material)] = drift()
    assert section == "Who is responsible" and "nytt@cn.example" in sentence and not material
    actions.publish_notice(actions.draft_notice(by=siv), by=siv)
    assert drift() == []
    assert "privacy@cn.example" in queries.text_of(own, "nb").body


def test_a_period_that_changes_in_the_code_is_named(own, monkeypatch):
    declaration = registry.declaration_of(Guest)
    longer = type(declaration.keep)(since=declaration.keep.since, source=declaration.keep.source, months=600)
    monkeypatch.setattr(declaration, "keep", longer)
    [(section, sentence, material)] = drift()
    assert section == "Purposes and periods" and "600 months" in sentence and material


def test_words_that_differ_without_a_fact_are_named_by_their_heading(own, monkeypatch):
    monkeypatch.setitem(vars(registry.activity_of("rights")), "plainly", "To do something quite different.")
    assert sorted((section, material) for section, _sentence, material in drift()) == [
        ("Hva vi bruker opplysninger til, og hvor lenge", False),
        ("What we use data for, and how long", False),
    ]


def test_a_version_on_its_way_counts_so_that_nobody_drafts_it_twice(own, siv, per):
    with day("2026-04-01"):
        significant(siv, per)
        assert drift() == []


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_kind_of_change_has_a_sentence(language):
    kinds = [
        *MATERIAL,
        "purpose_removed",
        "law_changed",
        "category_removed",
        "recipient_removed",
        "recipient_described",
    ]
    kinds += ["class_added", "class_removed", "period_shorter", "period_worded", "controller_reached"]
    with override(language):
        said = [change_text(Change(code, "rights", "toy.Guest", "P1M", "P90D")) for code in kinds]
    assert len(set(said)) == len(kinds) and not any("%(" in each for each in said)
    assert ("90 dager" if language == "nb" else "90 days") in " ".join(said)


# Longer periods


def rule(siv, per, *, months=600, active_from=date(2026, 5, 1)):
    return RetentionRule.objects.create(
        data_class="toy.Guest", version=1, months=months, basis="a reason", state="approved", active_from=active_from,
        proposed_by=siv.pk, approved_by=per.pk, approved_at=own_time(),
    )  # fmt: skip


def own_time():
    from datetime import UTC, datetime

    return datetime(2026, 4, 1, 10, tzinfo=UTC)


def months_of_guests(on=None):
    return periods.keep_of(registry.declaration_of(Guest), on).months


@override("en")
def test_a_longer_period_waits_until_a_version_that_says_so_applies(own, siv, per):
    siv, per = long_here(siv), long_here(per)
    before = months_of_guests()
    with day("2026-04-01"):
        rule(siv, per)
        [(_section, sentence, material)] = drift()
        assert material and "600 months" in sentence
        version = actions.draft_notice(by=siv, changes=TOLD)
        assert version.wanted_from == date(2026, 5, 1)
        assert "600 months" in queries.text_of(version, "en").body
        actions.approve_notice(version, by=per)
        assert months_of_guests(date(2026, 5, 2)) == before
        work()
        night()
        assert months_of_guests() == before and drift() == []
        assert months_of_guests(date(2026, 5, 1)) == 600
    with day("2026-05-02"):
        night()
        assert months_of_guests() == 600 and drift() == []


def test_the_notice_is_asked_by_the_day_and_only_about_what_it_says(own, siv, per):
    longer = rule(siv, per)
    assert not tells(longer, date(2026, 6, 1))
    assert queries.tells_period("toy.Guest", "P1M", day=date(2026, 6, 1))
    assert not queries.tells_period("toy.Guest", "P1M", day=date(2026, 3, 1))
    assert not queries.tells_period("toy.Nothing", "P1M", day=date(2026, 6, 1))
    assert queries.tells_period("privacy.DataSubject", "P900M", day=date(2026, 6, 1))


def test_without_a_notice_of_our_own_people_have_the_lead_to_hear_of_it(siv, per):
    longer = rule(siv, per)
    assert not tells(longer, date(2026, 4, 30)) and tells(longer, date(2026, 5, 1))
    longer.active_from = date(2026, 4, 14)
    assert not tells(longer, date(2026, 5, 1))
    longer.approved_at = None
    assert not tells(longer, date(2026, 5, 1))
    longer.active_from = None
    assert not tells(longer, date(2026, 5, 1))


# Differences


def test_what_was_taken_out_and_put_in_stands_line_by_line(own, siv):
    write_elsewhere()
    version = actions.draft_notice(by=siv)
    [group] = differences(queries.text_of(own, "en"), queries.text_of(version, "en"))
    said = {line.kind: line.text for line in group if line.kind != "same"}
    assert "privacy@cn.example" in said[REMOVED] and "nytt@cn.example" in said[ADDED]
    assert not any("<" in line.text for line in group)
    assert differences(queries.text_of(own, "en"), queries.text_of(own, "en")) == []


def test_a_notice_from_before_is_compared_as_it_was_written():
    text = actions.import_notice(b"a <b> c\n\n d\te ", published_on=date(2018, 7, 10), language="en")
    assert plain_lines(text) == ["a <b> c", "d e"]


# The worklist


def titles(on):
    with override("en"):
        return [(task.title, task.due_on) for task in tasks.open_tasks(day=on) if task.kind == "notice"]


def test_the_office_is_told_what_the_notice_waits_for(own, siv, per):
    siv, per = long_here(siv), long_here(per)
    with day("2026-04-01"):
        assert titles(today()) == []
        move_bring()
        assert titles(today()) == [
            ("Bring the privacy notice in step with the register: it differs in one place", None)
        ]
        version = actions.draft_notice(by=siv, changes=TOLD)
        assert titles(today()) == [("Approve the draft of the privacy notice", date(2026, 4, 16))]
        actions.approve_notice(version, by=per)
        from privacy.actions import notice_mails

        notice_mails.tell(version.pk)
        assert titles(today()) == [("Version 3 of the privacy notice is being told: 2 messages wait", None)]
        work()
        night()
        applies = ("Version 3 of the privacy notice begins to apply by itself", date(2026, 4, 16))
        assert titles(today()) == [applies]
    with day("2026-04-16"):
        night()
        assert titles(today()) == []
        write_elsewhere()
        actions.draft_notice(by=siv)
        assert titles(today()) == [("Publish the privacy notice", None)]
    assert NoticeVersion.objects.count() == 3
