"""Trip a: a job seeker applies with consent, confirms by the mailed link, looks, and withdraws. Nothing is left."""

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from careers import actions as careers
from careers.models import Application, ApplicationDraft, TalentPoolEntry
from cn_portal.accounts.models import User
from cn_portal.demo import documents
from privacy.models import ConsentEvent, DataSubject, StoredFile
from tests.trips.visitor import Visitor, letter_to, links_in

EMAIL = "ingrid.proeve@soker.example"
LETTER = "Jeg har skiftet mange dyser på Trollholmen."
FILE = "cv-ingrid.pdf"
CANARIES = ("Ingrid Prøvesen", "Trollholmen", "+4742001122", "cv-ingrid")


def cv(name="Ingrid Prøvesen", file=FILE):
    content = documents.pdf([name, "Erfaring: Trollholmen verft"])
    return SimpleUploadedFile(file, content, content_type="application/pdf")


def stored_objects(folder=""):
    """Every object in the storage for people's files."""
    storage = storages["people"]
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return []
    inner = [name for inner in folders for name in stored_objects(f"{folder}{inner}/")]
    return [f"{folder}{file}" for file in files] + inner


def filled_in(visitor, vacancy="Servicetekniker", **said):
    """Walk from the front page through the steps to the last one, where the consents are asked for."""
    visitor.go("/nb/").follow("Jobb hos oss").follow(vacancy).follow("Søk")
    who = {"full_name": "Ingrid Prøvesen", "email": EMAIL, "phone": "+47 42 00 11 22", **said}
    visitor.press("Neste", **who)
    visitor.press("Neste", message=LETTER, cv=cv(who["full_name"]))
    assert visitor.reads(who["full_name"], LETTER)
    return visitor.press("Det stemmer: gå videre")


def applied(visitor, drain):
    """An application sent from the page."""
    filled_in(visitor).press("Send søknaden", consent="on")
    drain()
    return Application.objects.get()


def test_the_form_asks_for_consent_and_sends_nothing_without(site, drain, find):
    visitor = Visitor()
    visitor.go("/nb/").follow("Jobb hos oss").follow("Servicetekniker").follow("Søk")
    # What is not right yet is not kept at all.
    visitor.press("Neste", status=422, full_name="Ingrid Prøvesen", email="ingen adresse")
    assert not DataSubject.objects.exists() and not ApplicationDraft.objects.exists()
    filled_in(visitor)
    form = next(form for form in visitor.page.forms if "consent" in form["ticks"])
    assert not {"consent", "talent_pool", "minor"} & set(form["fields"])
    visitor.press("Send søknaden", status=422)
    assert not Application.objects.exists() and not ConsentEvent.objects.exists()
    # What was filled in is still there, for its writer only, and one press and a yes take it away.
    assert ApplicationDraft.objects.get().message == LETTER and stored_objects()
    assert find("Ingrid Prøvesen")
    visitor.follow("Slett utkastet").press("Slett utkastet")
    drain()
    assert not ApplicationDraft.objects.exists() and stored_objects() == []
    for canary in CANARIES:
        assert find(canary, kept=True) == set()


def test_save_go_home_and_send_from_the_mailed_link(site, smtp, drain):
    visitor = Visitor()
    visitor.go("/nb/").follow("Jobb hos oss").follow("Servicetekniker").follow("Søk")
    visitor.press("Neste", full_name="Ingrid Prøvesen", email=EMAIL)
    visitor.press("Lagre og fortsett senere", message=LETTER, cv=cv())
    assert visitor.reads(EMAIL)
    drain()
    [link] = links_in(letter_to(smtp, EMAIL))
    home = Visitor().go(link)
    assert home.reads("Servicetekniker") and not home.reads("Ingrid Prøvesen")
    home.press("Åpne utkastet").press("Neste").press("Neste").press("Det stemmer: gå videre")
    home.press("Send søknaden", consent="on", minor="on")
    application = Application.objects.get()
    assert (application.full_name, application.message, application.minor) == ("Ingrid Prøvesen", LETTER, True)
    assert application.files.count() == 1 and not ApplicationDraft.objects.exists()
    home.go(link, status=410)


def test_from_the_vacancy_to_nothing_left(site, colleagues, smtp, drain, find):
    visitor = Visitor()
    assert stored_objects() == []
    application = applied(visitor, drain)
    assert visitor.reads("Søknaden er kommet fram")
    assert len(stored_objects()) == 1
    assert application.consent.purpose == "recruitment"
    assert not TalentPoolEntry.objects.exists()

    confirm, withdraw = links_in(letter_to(smtp, EMAIL))[:2]
    visitor.go(confirm)
    application.refresh_from_db()
    assert application.confirmed_at is None, "opening the link alone confirms nothing"
    visitor.press("Bekreft adressen")
    application.refresh_from_db()
    assert application.confirmed_at is not None
    assert User.objects.filter(email=EMAIL).exists()

    visitor.sign_in_by_code(EMAIL, drain=drain, smtp=smtp)
    visitor.go("/applications/")
    assert visitor.reads("Servicetekniker", "Mottatt")
    careers.move_application(application, to="screening", by=colleagues["hr"], reason="")
    careers.move_application(application, to="interview", by=colleagues["hr"], reason="")
    drain()
    visitor.go("/applications/").follow("Servicetekniker")
    assert visitor.reads("Intervju", FILE)
    for canary in CANARIES[:2]:
        assert find(canary), f"{canary} should be found before the withdrawal"

    visitor.follow("Trekk søknaden").press("Trekk og slett", what="this")
    assert visitor.reads("Søknaden er trukket")
    drain()
    assert not Application.objects.exists()
    assert not StoredFile.objects.exists()
    assert stored_objects() == []
    for canary in CANARIES:
        assert find(canary, kept=True) == set()
    # The proof that consent was given and withdrawn stays, and names nobody.
    kinds = list(ConsentEvent.objects.filter(purpose="recruitment").order_by("at").values_list("kind", flat=True))
    assert kinds == ["given", "withdrawn"]
    assert "trukket" in letter_to(smtp, EMAIL)
    visitor.go(withdraw)
    assert visitor.reads("Søknaden er trukket")


def test_the_link_in_the_mail_withdraws_without_signing_in(site, smtp, drain, find):
    visitor = Visitor()
    application = applied(visitor, drain)
    neighbour = a_neighbour(site, drain)
    _confirm, withdraw = links_in(letter_to(smtp, EMAIL))[:2]
    stranger = Visitor().go(withdraw)
    assert Application.objects.filter(pk=application.pk).exists(), "opening the link alone withdraws nothing"
    stranger.press("Trekk og slett")
    drain()
    assert list(Application.objects.all()) == [neighbour]
    assert neighbour.files.count() == 1
    assert find("Ingrid Prøvesen", kept=True) == set()
    assert find("Naboen Lie")


def a_neighbour(site, drain):
    """Another applicant for the same vacancy, whom nothing may touch."""
    other = filled_in(Visitor(), full_name="Naboen Lie", email="naboen@soker.example")
    other.press("Send søknaden", consent="on")
    drain()
    return Application.objects.latest("submitted_at")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cv.pdf", b""),
        ("cv.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("cv.pdf", b"%PDF-1.4\n" + b"0" * (10 * 1024 * 1024) + b"\n%%EOF"),
    ],
    ids=["nothing in it", "html named pdf", "too large"],
)
def test_an_unreadable_cv_is_refused_in_words_and_not_stored(site, name, content):
    visitor = Visitor()
    visitor.go("/nb/").follow("Jobb hos oss").follow("Servicetekniker").follow("Søk")
    visitor.press("Neste", full_name="Ingrid Prøvesen", email=EMAIL)
    visitor.press("Neste", status=422, message=LETTER, cv=SimpleUploadedFile(name, content))
    assert not StoredFile.objects.exists() and stored_objects() == []
    assert visitor.reads("CV", LETTER)
