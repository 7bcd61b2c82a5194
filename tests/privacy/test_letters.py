"""Letters: what stands on the sheet, in which language, and a PDF that fetches nothing (N68, L3)."""

import builtins
import re
import zlib

import pytest

from privacy import actions
from privacy.letters import NoPdf, letter_html, letter_of, letter_pdf, refuse, sender_lines, window_lines


@pytest.fixture
def case(db):
    return actions.register_letter(
        right="access",
        channel="letter",
        received_on=actions.request_case.today(),
        text="Innsyn, takk.",
        contact={"name": "Brevkanari", "postal_address": "Kaigata 1\n8310 Kabelvåg"},
        language="nb",
        by=None,
    )


def answered(case, outcome="fulfilled", text="Her er alt.", **more):
    actions.answer(case, outcome=outcome, text=text, by=None, **more)
    case.refresh_from_db()
    return letter_of(case.messages.get(kind="answer"), name="Brevkanari", postal_address="Kaigata 1\n8310 Kabelvåg")


@pytest.mark.parametrize(
    ("name", "address", "lines"),
    [
        ("Kari", "Kaigata 1\n8310 Kabelvåg", ["Kari", "Kaigata 1", "8310 Kabelvåg"]),
        ("Kari", "Kaigata 1, 8310 Kabelvåg", ["Kari", "Kaigata 1", "8310 Kabelvåg"]),
        ("Kari", "KARI\nKaigata 1, oppgang B\n\n8310 Kabelvåg ", ["KARI", "Kaigata 1, oppgang B", "8310 Kabelvåg"]),
        ("", "Kaigata 1", ["Kaigata 1"]),
        ("Kari", " ", []),
        ("Kari", "\n".join("abcdefgh"), ["Kari", *"abcdef"]),
    ],
)
def test_the_lines_of_the_window(name, address, lines):
    assert window_lines(name, address) == lines


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("Prøve AS, Boks 1, 0001 Oslo", ["Boks 1", "0001 Oslo", "a@prove.example"]),
        ("Boks 1, 0001 Oslo", ["Boks 1", "0001 Oslo", "a@prove.example"]),
        ("Prøve AS", ["Prøve AS", "a@prove.example"]),
    ],
)
def test_our_own_address_does_not_repeat_the_name(address, lines):
    assert sender_lines({"name": "Prøve AS (P)", "address": address, "email": "a@prove.example", "phone": ""}) == lines


def test_an_answer_in_bokmal_carries_number_date_and_the_way_to_complain(case):
    page = letter_html(answered(case))
    for words in (case.number, "Brevkanari<br>Kaigata 1<br>8310 Kabelvåg", "Her er alt.", "Datatilsynet", "0105 Oslo"):
        assert words in page
    assert '<html lang="nb">' in page and "Svar på forespørselen din" in page and "Hvis du er uenig" in page
    assert "link" not in page and "<script" not in page


def test_a_refusal_says_courts_once_and_complaint_once(case):
    page = letter_html(answered(case, "refused", "Vi kan ikke.", reason_code="claims"))
    assert page.count("Datatilsynet") == 1 and "Vi gjør ikke det du ba om." in page and "Hvis du er uenig" not in page
    assert "domstol" in page


def test_english_case_english_letter(db):
    case = actions.register_letter(
        right="access",
        channel="letter",
        received_on=actions.request_case.today(),
        text="Access.",
        contact={"postal_address": "1 Road"},
        language="en",
        by=None,
    )
    page = letter_html(answered(case))
    assert '<html lang="en">' in page and "The answer to your request" in page and "If you disagree" in page


def test_a_question_on_paper_has_no_outcome(case):
    actions.ask(case, what="identity", text="Hvem er <du>?", by=None)
    letter = letter_of(case.messages.get(kind="question"))
    page = letter_html(letter)
    assert letter.to == [] and not letter.is_answer
    assert "Et spørsmål om forespørselen din" in page and "Hvem er &lt;du&gt;?" in page
    assert "Datatilsynet" not in page and "Vi har gjort" not in page


def test_the_pdf_is_one_tagged_page(case):
    content = letter_pdf(answered(case))
    streams = re.findall(rb"stream\n(.*?)\nendstream", content, re.DOTALL)
    inside = content + b"".join(zlib.decompress(each) for each in streams if each.startswith(b"x"))
    assert content.startswith(b"%PDF-1.7") and b"/StructTreeRoot" in inside and b"pdfuaid" in inside
    assert len(re.findall(rb"/Type\s*/Page\b", inside)) == 1


def test_nothing_is_ever_fetched(case, caplog):
    """An answer with a picture in it stays text, and even the machinery below asks nobody."""
    content = letter_pdf(answered(case, text='<img src="http://127.0.0.1:9/x.png"> file:///etc/passwd'))
    assert content.startswith(b"%PDF") and "Failed to load" not in caplog.text
    for url in ("http://127.0.0.1:9/", "file:///etc/passwd", "data:text/plain,x"):
        with pytest.raises(ValueError, match="fetches nothing"):
            refuse(url)


@pytest.mark.parametrize("problem", [OSError("cannot load library 'pango'"), ImportError("weasyprint")])
def test_without_pango_a_sentence_says_what_to_do(case, monkeypatch, problem):
    real, letter = builtins.__import__, answered(case)

    def load(name, *args, **kwargs):
        if name == "weasyprint":
            raise problem
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", load)
    with pytest.raises(NoPdf, match="PDF"):
        letter_pdf(letter)
