"""Draft, second person, telling, force: a significant change applies 14 days after the last message, (N66)."""

from datetime import date, timedelta

import pytest
from django.db import Error, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from privacy import actions, queries, registry
from privacy.actions import notice_versions
from privacy.actions.notice_versions import notices_of_the_day
from privacy.declare import Activity, Basis
from privacy.models import ConsentState, NoticeText, NoticeVersion, TrailEntry
from privacy.queries.notice_versions import version_in_force
from privacy.second_person import OwnApproval
from tests.privacy.noticing import TOLD, at, day, long_here, move_bring, night, significant, work, write_elsewhere

pytestmark = pytest.mark.django_db
State = NoticeVersion.State


@pytest.fixture(autouse=True)
def english():
    """Refusals are sentences in the language of whoever is refused."""
    with override("en"):
        yield


@pytest.fixture
def siv(siv):
    """A colleague who was here before the versions of these tests."""
    return long_here(siv)


@pytest.fixture
def per(per):
    """Another one."""
    return long_here(per)


@pytest.fixture
def own():
    """Version 2, ours, in force since 2 March 2026."""
    with day("2026-03-02"):
        return actions.publish_first_notice()


def done(action):
    return TrailEntry.objects.filter(action=action).count()


def test_the_first_version_of_our_own_is_in_force_at_once_in_both_languages(own):
    assert (own.number, own.state, own.material) == (2, "current", False)
    assert own.published_on == own.effective_from == date(2026, 3, 2)
    texts = {text.language: text for text in own.texts.all()}
    assert set(texts) == {"nb", "en"}
    assert "behandlingsansvarlig" in texts["nb"].body and "controller" in texts["en"].body
    assert own.facts["purposes"]["rights"]["basis"] == "eu-gdpr:A6-1-c"
    assert actions.publish_first_notice() is None
    assert done("notice.published") == 1


def test_a_change_that_is_not_significant_is_published_with_one_press(own, siv):
    write_elsewhere()
    with day("2026-04-01"):
        version = actions.draft_notice(by=siv)
        assert (version.number, version.state, version.material) == (None, "draft", False)
        assert version_in_force() == own
        actions.publish_notice(version, by=siv)
        assert version_in_force() == version
    own.refresh_from_db()
    assert (version.number, version.published_on, version.effective_from) == (3, date(2026, 4, 1), date(2026, 4, 1))
    assert (own.state, own.number) == ("superseded", 2)
    assert "nytt@cn.example" in queries.text_of(version, "nb").body
    assert "nytt@cn.example" not in queries.text_of(own, "nb").body


def test_a_significant_change_cannot_apply_today(own, siv, per):
    move_bring()
    version = actions.draft_notice(by=siv, changes=TOLD)
    assert version.material and ["recipient_moved", "Bring", "", "NO", "US"] in version.reasons
    with pytest.raises(actions.NoticeRefused, match="cannot apply today"):
        actions.publish_notice(version, by=per)
    version.refresh_from_db()
    assert (version.state, version.number) == ("draft", None)


@pytest.mark.parametrize("days", [0, 14])
def test_a_day_that_comes_too_soon_is_refused_with_the_first_that_can_be_met(own, siv, days):
    move_bring()
    with day("2026-04-01"):
        with pytest.raises(actions.NoticeRefused, match="2026-04-16"):
            actions.draft_notice(by=siv, changes=TOLD, wanted_from=date(2026, 4, 1) + timedelta(days=days))
        assert not NoticeVersion.objects.filter(state=State.DRAFT).exists()
        version = actions.draft_notice(by=siv, changes=TOLD, wanted_from=date(2026, 4, 16))
    assert version.wanted_from == date(2026, 4, 16)


def test_a_draft_that_lay_too_long_is_not_approved_for_a_day_that_is_too_near(own, siv, per):
    move_bring()
    with day("2026-04-01"):
        version = actions.draft_notice(by=siv, changes=TOLD)
    with day("2026-04-02"), pytest.raises(actions.NoticeRefused, match="2026-04-17"):
        actions.approve_notice(version, by=per)


def test_who_drafted_it_does_not_approve_it(own, siv, per):
    move_bring()
    version = actions.draft_notice(by=siv, changes=TOLD)
    for who in (siv, None):
        with pytest.raises(OwnApproval):
            actions.approve_notice(version, by=who)
    actions.approve_notice(version, by=per)
    version.refresh_from_db()
    assert (version.state, version.number, version.approved_by) == ("telling", 3, per.pk)


def test_told_then_14_days_then_it_applies_by_itself_and_once(own, siv, per):
    with day("2026-04-01"):
        version = significant(siv, per)
        assert version.wanted_from == date(2026, 4, 16)
        assert queries.version_in_force() == own and queries.pending_version() == version
        assert night() == {"scheduled": 0, "in_force": 0}
    with at("2026-04-03T09:30:00"):
        work()
        assert night() == {"scheduled": 1, "in_force": 0}
        assert night() == {"scheduled": 0, "in_force": 0}
    version.refresh_from_db()
    assert (version.state, version.effective_from) == ("scheduled", date(2026, 4, 18))
    assert version.notified_at.isoformat() == "2026-04-03T07:30:00+00:00"
    with at("2026-04-17T23:59:59"):
        assert night() == {"scheduled": 0, "in_force": 0}
        assert queries.version_in_force() == own and queries.pending_version() == version
    with at("2026-04-18T00:00:00"):
        # Before any job has run the day decides.
        assert queries.version_in_force() == version and queries.pending_version() is None
        assert notices_of_the_day(as_of=timezone.now(), dry_run=True) == {"scheduled": 0, "in_force": 1}
        assert night() == {"scheduled": 0, "in_force": 1}
        assert night() == {"scheduled": 0, "in_force": 0}
    own.refresh_from_db()
    version.refresh_from_db()
    assert (own.state, version.state, done("notice.in_force")) == ("superseded", "current", 1)
    assert queries.version_url(own, "nb") == "/privacy/notice/nb/2/"


def test_a_later_day_that_was_wanted_is_kept(own, siv, per):
    with day("2026-04-01"):
        version = significant(siv, per, wanted_from=date(2026, 6, 1))
        work()
        night()
    version.refresh_from_db()
    assert version.effective_from == date(2026, 6, 1)


def test_while_people_are_told_nothing_else_is_published(own, siv, per):
    with day("2026-04-01"):
        significant(siv, per)
        write_elsewhere()
        with pytest.raises(actions.NoticeRefused, match="Another version is being told"):
            actions.draft_notice(by=siv)


def test_a_draft_begun_just_before_the_telling_of_another_is_not_published(own, siv, per, monkeypatch):
    """Who drafted at the same moment had found nothing else under way yet."""
    with day("2026-04-01"):
        told = significant(siv, per)
        monkeypatch.setattr(notice_versions, "_nothing_else_under_way", lambda: None)
        late = actions.draft_notice(by=siv, changes=TOLD)
        with pytest.raises(actions.NoticeRefused, match="Another version is being told"):
            actions.approve_notice(late, by=per)
        late.refresh_from_db()
        assert (late.state, late.number) == ("draft", None) and queries.pending_version() == told


def test_of_two_nights_at_the_same_moment_the_second_changes_nothing(own, siv, per):
    """Both have read the version before either wrote."""
    with day("2026-04-01"):
        version = significant(siv, per)
        work()
        same = NoticeVersion.objects.get(pk=version.pk)
        assert [notice_versions.settle_telling(each) for each in (version, same)] == [True, False]
    with day("2026-04-20"):
        same = NoticeVersion.objects.get(pk=version.pk)
        assert [notice_versions._take_effect(each) for each in (version, same)] == [True, False]
        assert version_in_force() == version
    own.refresh_from_db()
    assert (own.state, done("notice.told"), done("notice.in_force")) == ("superseded", 1, 1)


def test_one_draft_at_a_time_and_a_discarded_one_makes_room(own, siv):
    write_elsewhere()
    version = actions.draft_notice(by=siv)
    with pytest.raises(actions.NoticeRefused, match="draft already"):
        actions.draft_notice(by=siv)
    actions.discard_draft(version, by=siv)
    with pytest.raises(actions.NoticeRefused, match="meanwhile"):
        actions.discard_draft(version, by=siv)
    assert actions.draft_notice(by=siv).state == "draft"


def test_a_draft_that_the_register_has_overtaken_is_drafted_anew(own, siv):
    write_elsewhere()
    version = actions.draft_notice(by=siv)
    write_elsewhere("enda-nyere@cn.example")
    with pytest.raises(actions.NoticeRefused, match="register has changed"):
        actions.publish_notice(version, by=siv)


def test_no_version_is_made_when_nothing_differs(own, siv):
    with pytest.raises(actions.NoticeRefused, match="nothing to publish"):
        actions.draft_notice(by=siv)


def test_people_may_call_a_change_significant_but_never_the_other_way(own, siv, per):
    write_elsewhere()
    version = actions.draft_notice(by=siv, material=True)
    assert version.material and version.channels == ["mail", "banner"]
    assert version.audiences == ["accounts", "customer", "applicant"]
    actions.discard_draft(version, by=siv)
    move_bring()
    assert actions.draft_notice(by=siv, material=False, changes=TOLD).material


def test_a_significant_draft_says_in_both_languages_what_changes_and_knows_its_groups(own, siv):
    with pytest.raises(actions.NoticeRefused, match="both languages"):
        actions.draft_notice(by=siv, material=True, changes={"nb": " "})
    with pytest.raises(actions.NoticeRefused, match="one of these groups"):
        actions.draft_notice(by=siv, material=True, changes=TOLD, audiences=["everyone-ever"])
    version = actions.draft_notice(by=siv, material=True, changes=TOLD, audiences=["applicant"], channels=["social"])
    assert (version.audiences, version.channels) == (["applicant"], ["mail", "banner", "social"])


def test_what_is_not_significant_is_not_approved_but_published(own, siv, per):
    write_elsewhere()
    version = actions.draft_notice(by=siv)
    with pytest.raises(actions.NoticeRefused, match="publish it"):
        actions.approve_notice(version, by=per)


def test_a_version_whose_day_has_come_is_put_in_force_before_the_next_is_published(own, siv, per):
    with day("2026-04-01"):
        told = significant(siv, per)
        work()
        night()
    with day("2026-05-01"):
        write_elsewhere()
        version = actions.draft_notice(by=siv)
        actions.publish_notice(version, by=siv)
    told.refresh_from_db()
    assert (told.state, told.number, version.number, version.state) == ("superseded", 3, 4, "current")


def test_a_new_purpose_is_told_first_and_nobody_has_agreed_to_it(own, kari, wording, siv, per, monkeypatch):
    actions.give_consent(kari.subject, text=wording, method="form", by=None)
    before = list(ConsentState.objects.order_by("pk").values())
    new = Activity(
        code="toy-tours", title="Tours", plainly="To show you around.", purpose="dpv:Tours",
        basis=Basis.CONSENT, consent="toy-tours", notice=("N17",),
    )  # fmt: skip
    monkeypatch.setitem(registry._activities, new.code, new)
    with day("2026-04-01"):
        version = actions.draft_notice(by=siv, changes=TOLD)
        assert version.reasons == [["purpose_added", "toy-tours", "", "", ""]]
        with pytest.raises(actions.NoticeRefused, match="cannot apply today"):
            actions.publish_notice(version, by=siv)
        actions.approve_notice(version, by=per)
        work()
        night()
    with day("2026-05-01"):
        night()
        assert queries.version_in_force() == version
    assert list(ConsentState.objects.order_by("pk").values()) == before
    assert not queries.may_use(kari.subject, purpose="toy-tours", day=date(2026, 5, 1))


def test_a_receipt_and_a_copy_point_at_the_version_that_was_in_force(own, kari, wording, siv):
    from privacy.consent_documents import consent_receipt

    with day("2026-03-10"):
        actions.give_consent(kari.subject, text=wording, method="form", by=None)
    [state] = ConsentState.objects.filter(subject=kari.subject)
    given = consent_receipt(state.event)
    with day("2026-04-01"):
        write_elsewhere()
        actions.publish_notice(actions.draft_notice(by=siv), by=siv)
        assert queries.notice_reference("nb")["version"] == "3"
        again = consent_receipt(state.event)
    said = again["record"]["processing"]["privacy_notice"]
    assert again == given
    assert (said["version"], said["published"]) == ("2", "2026-03-02")
    assert said["url"].endswith("/privacy/notice/nb/2/")
    assert said["sha256"] == own.texts.get(language="nb").sha256
    assert again["record"]["processing"]["pii_controllers"][0]["email"] != "nytt@cn.example"


@pytest.mark.parametrize("values", [{"body": "x"}, {"sha256": "x"}, {"title": "x"}])
def test_no_word_of_a_text_is_ever_changed(own, values):
    with pytest.raises(Error, match="kept as it was published"), transaction.atomic():
        NoticeText.objects.update(**values)
    with pytest.raises(Error, match="kept as it was published"), transaction.atomic():
        NoticeText.objects.filter(version=own).delete()


@pytest.mark.parametrize(
    "values",
    [
        {"number": 9},
        {"facts": {}},
        {"imported": True},
        {"material": True},
        {"reasons": ["x"]},
        {"published_on": date(2026, 1, 1)},
        {"effective_from": date(2026, 1, 1)},
        {"created_by": "5a9bd1a5-6a37-4d4a-b6c3-2f2d0b9f5d11"},
    ],
)
def test_what_a_version_said_and_when_is_never_changed(own, values):
    with pytest.raises(Error, match="kept as it was published"), transaction.atomic():
        NoticeVersion.objects.filter(pk=own.pk).update(**values)
    with pytest.raises(Error, match="kept as it was published"), transaction.atomic():
        NoticeVersion.objects.all()._raw_delete("default")
    assert NoticeVersion.objects.filter(pk=own.pk).update(state=own.state) == 1


def test_the_database_knows_that_a_significant_version_was_told_and_approved_by_another(siv):
    with pytest.raises(IntegrityError, match="material_was_told"), transaction.atomic():
        NoticeVersion.objects.create(
            number=7, state="current", material=True, published_on=date(2026, 1, 1), effective_from=date(2026, 1, 1)
        )
    with pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        NoticeVersion.objects.create(created_by=siv.pk, approved_by=siv.pk)
