"""Letters of a case from the office: seen, fetched as a PDF, printed and posted (N68)."""

import pytest

from privacy import actions
from privacy.letters import NoPdf
from privacy.models import OutgoingMail
from privacy.screens import office_letters

URL = "/admin/privacy/requests/"


@pytest.fixture
def case(db):
    """A request by letter, answered on paper that waits to be posted."""
    case = actions.register_letter(
        right="access",
        channel="letter",
        received_on=actions.request_case.today(),
        text="Innsyn, takk.",
        contact={"name": "Brevkanari", "postal_address": "Kaigata 1\n8310 Kabelvåg"},
        by=None,
    )
    return actions.answer(case, outcome="fulfilled", text="Her er alt.", by=None)


def test_the_page_shows_prints_and_closes(case, officer, enter):
    client, message = enter(officer), case.messages.get(kind="answer")
    page = client.get(f"{URL}{case.pk}/letters/{message.pk}/").text
    assert "Brevkanari<br>" in page and "It is printed and posted" in page and "letter.css" in page
    assert '<nav class="tools" lang="en"' in page and '<html lang="nb">' in page
    pdf = client.get(f"{URL}{case.pk}/letters/{message.pk}/pdf/")
    assert pdf["Content-Type"] == "application/pdf" and f'{case.number}.pdf"' in pdf["Content-Disposition"]
    case.refresh_from_db()
    assert case.state == "fulfilled" and not case.events.filter(kind="letter_printed").exists()
    page = client.post(f"{URL}{case.pk}/letters/{message.pk}/", follow=True).text
    assert "Noted: the letter is on its way." in page
    case.refresh_from_db()
    assert case.state == "closed" and case.events.filter(kind="letter_printed", actor=officer.pk).count() == 1
    page = client.post(f"{URL}{case.pk}/letters/{message.pk}/", follow=True).text
    assert "There is no letter to post in this case." in page
    assert "It is printed and posted" not in client.get(f"{URL}{case.pk}/letters/{message.pk}/").text
    assert not OutgoingMail.objects.exists()


def test_only_what_we_wrote_becomes_a_letter(case, officer, enter):
    message = case.messages.get(kind="request")
    assert enter(officer).get(f"{URL}{case.pk}/letters/{message.pk}/").status_code == 404


def test_without_an_address_the_page_says_so(officer, enter, kari_mailed):
    case, message = kari_mailed
    assert "No postal address is known." in enter(officer).get(f"{URL}{case.pk}/letters/{message.pk}/").text


@pytest.fixture
def kari_mailed(kari, officer):
    case = actions.open_request(kari.subject, right="access", by=None)
    actions.answer(case, outcome="fulfilled", text="Se her.", by=officer)
    return case, case.messages.get(kind="answer")


def test_where_no_pdf_can_be_made_the_page_comes_instead(case, officer, enter, monkeypatch):
    def missing(letter):
        raise NoPdf("No PDF here; print the page.")

    monkeypatch.setattr(office_letters, "letter_pdf", missing)
    message = case.messages.get(kind="answer")
    page = enter(officer).get(f"{URL}{case.pk}/letters/{message.pk}/pdf/")
    assert page["Content-Type"].startswith("text/html")
    assert "No PDF here; print the page." in page.text and "Her er alt." in page.text
