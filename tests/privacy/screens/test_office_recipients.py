"""The office's pages of recipients (N46, L32, L33, T23)."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from privacy.actions import log_disclosure
from privacy.actions.roles import MANAGERS, ensure_roles
from privacy.models import Recipient, TrailEntry

LIST = "/admin/privacy/recipients/"
FACTS = {
    "name": "Kranbil AS",
    "role": "dpv:DataProcessor",
    "kind": "carrier",
    "country": "no",
    "activities": ["accounts"],
    "allowed_fields": "first_name\nemail, first_name",
}
PAPER = b"%PDF-1.4\nagreed\n%%EOF\n"


@pytest.fixture
def manager(make_person):
    user = make_person("Sjefkanari", is_staff=True)
    user.groups.add(ensure_roles()[MANAGERS])
    return user


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_from_a_proposal_to_a_partner_in_use_that_is_stopped_and_ended(officer, manager, enter, kari):
    one, two = enter(officer), enter(manager)
    paper = SimpleUploadedFile("avtale.pdf", PAPER)
    answer = one.post("/admin/privacy/add-recipient/", FACTS | {"paper": paper}, follow=True)
    assert "Kranbil AS" in text_of(answer) and "Waiting for a second person" in text_of(answer)
    page = f"{LIST}kranbil-as/"
    row = Recipient.objects.get(code="kranbil-as")
    assert (row.country, row.allowed_fields) == ("NO", ["first_name", "email"])
    assert "somebody else has to approve it" in text_of(one.post(f"{page}approve/"))
    assert "It may receive what is listed" in text_of(two.post(f"{page}approve/", follow=True))
    log_disclosure(
        kari.subject, recipient=Recipient.objects.get(pk=row.pk), payload={"email": "x"}, activity="accounts", by=None
    )
    shown = text_of(one.get(page))
    assert "Hand-overs per month" in shown and "<svg" in shown and "Show the one hand-over" in shown
    assert "Karikanari" not in shown
    found = re.search(rf"{page}papers/[0-9a-f-]+/", shown).group()
    download = one.get(found)
    assert b"".join(download.streaming_content) == PAPER and "attachment" in download["Content-Disposition"]
    assert TrailEntry.objects.filter(action="paper.opened", actor=officer.pk).count() == 1
    change = FACTS | {"allowed_fields": "first_name", "activities": ["accounts", "service-messages"]}
    change |= {"address": "Kaia 2"}
    assert "until somebody else approves" in text_of(one.post(f"{page}change/", change, follow=True))
    assert "first name" in text_of(two.get(page)).lower() and "A change waits" in text_of(two.get(page))
    assert "The change is approved" in text_of(two.post(f"{page}approve-change/", follow=True))
    row.refresh_from_db()
    assert (row.allowed_fields, row.address) == (["first_name"], "Kaia 2")
    assert "Saved." in text_of(one.post(f"{page}change/", change | {"address": "Kaia 3"}, follow=True))
    one.post(f"{page}change/", change | {"country": "SE"})
    assert re.search(r"<td>NO</td>\s*<td>SE</td>", text_of(two.get(page)))
    assert "is declined" in text_of(one.post(f"{page}decline-change/", follow=True))
    assert "Stopped" in text_of(one.post(f"{page}suspend/", follow=True))
    assert "may receive what is listed again" in text_of(two.post(f"{page}resume/", follow=True))
    assert "Ended." in text_of(one.post(f"{page}end/", follow=True))
    row.refresh_from_db()
    assert row.state == "ended" and "cannot be done" in text_of(one.post(f"{page}suspend/"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "Bring etc."}, "Name one party"),
        ({"allowed_fields": "shoe_size"}, "We hold nothing called shoe_size"),
        ({"paper": b"no paper at all"}, "neither a PDF nor"),
        ({"activities": ["gossip"]}, "gossip"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(officer, enter, change, sentence):
    said = FACTS | change
    if "paper" in change:
        said["paper"] = SimpleUploadedFile("avtale.pdf", change["paper"])
    answer = enter(officer).post("/admin/privacy/add-recipient/", said)
    assert sentence in text_of(answer) and said["name"] in text_of(answer)
    assert not Recipient.objects.filter(name=said["name"]).exists()


def test_what_is_missing_stands_on_the_page_and_in_the_refusal(officer, manager, enter):
    enter(officer).post("/admin/privacy/add-recipient/", FACTS | {"country": "US"})
    two = enter(manager)
    for answer in (two.get(f"{LIST}kranbil-as/"), two.post(f"{LIST}kranbil-as/approve/")):
        assert "processor needs" in text_of(answer) and "outside the EEA" in text_of(answer)
    assert Recipient.objects.get(code="kranbil-as").state == "proposed"


def test_pages_look_and_change_nothing(officer, enter, bring):
    client = enter(officer)
    before = TrailEntry.objects.count()
    for path in ("", "postbud/", "postbud/change/", "postbud/suspend/", "postbud/end/"):
        assert client.get(LIST + path).status_code == 200
    assert client.get("/admin/privacy/add-recipient/").status_code == 200
    assert "Nothing has been handed over yet" in text_of(client.get(f"{LIST}postbud/"))
    assert client.get(f"{LIST}nobody/").status_code == 404
    assert client.get(f"{LIST}postbud/papers/{'0' * 8}-0000-4000-8000-{'0' * 12}/").status_code == 404
    assert TrailEntry.objects.count() == before
    bring.refresh_from_db()
    assert bring.state == "active"


def test_a_register_without_anybody_says_what_to_do(officer, enter):
    Recipient.objects.all().delete()
    assert "Nobody is in the register yet" in text_of(enter(officer).get(LIST))


@pytest.mark.parametrize("path", [LIST, f"{LIST}postbud/", f"{LIST}postbud/change/", "/admin/privacy/add-recipient/"])
def test_a_colleague_without_the_right_learns_nothing(outsider, enter, bring, path):
    answer = enter(outsider).get(path)
    assert answer.status_code == 403 and "Postbudet" not in text_of(answer)


def test_who_may_only_look_is_offered_nothing_to_do(outsider, enter, bring):
    outsider.user_permissions.add(Permission.objects.get(codename="view_recipient"))
    client = enter(outsider)
    assert "Add a recipient" not in text_of(client.get(LIST))
    assert "suspend/" not in text_of(client.get(f"{LIST}postbud/"))
    assert client.post(f"{LIST}postbud/suspend/").status_code == 403
    bring.refresh_from_db()
    assert bring.state == "active"


def test_it_speaks_bokmal(officer, enter, bring):
    assert "Mottakere" in text_of(enter(officer, language="nb").get(LIST))


def test_a_paper_that_is_gone_is_said(officer, manager, enter):
    one = enter(officer)
    one.post("/admin/privacy/add-recipient/", FACTS | {"paper": SimpleUploadedFile("a.pdf", PAPER)})
    paper = Recipient.objects.get(code="kranbil-as").agreement
    storages["people"].delete(paper.storage_name)
    answer = one.get(f"{LIST}kranbil-as/papers/{paper.pk}/", follow=True)
    assert "can no longer be read" in text_of(answer)
