"""Twelve people who apply, by the same act as the form on the website, and what HR does with some of them."""

import uuid
from random import Random

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from careers import actions
from careers.actions import POOL, RECRUITMENT
from careers.models import Application
from careers.uploads import check_upload
from cn_portal.accounts import actions as accounts
from cn_portal.accounts.models import User
from cn_portal.demo import documents, names
from privacy import actions as engine

DEMO_APPLICANT = ("Amalie Solbakk", "applicant")
DOMAIN = "soker.example"
LETTERS = {
    "nb": (
        "Jeg har jobbet fire år på verft og kan utstyret fra håndtaket. Nå vil jeg forstå det innenfra.",
        "Jeg har fagbrev som industrimekaniker og liker best de feilene ingen andre finner.",
        "Dere skriver at sikkerhet går foran fart. Det er derfor jeg søker.",
        "Jeg flytter hjem til byen til sommeren og ser etter et sted å bli lenge.",
        "Jeg har kjørt truck og plukket varer i helgene i to år, og vil gjerne ha fagbrev.",
    ),
    "en": (
        "I have mended pumps offshore for six years and want to work with my hands on land.",
        "I have blasted ship hulls since I was nineteen. I know what customers need before they ring.",
    ),
}
REFUSED = "Vi gikk videre med søkere som har fagbrev innen trykk eller hydraulikk."
NOTES = (
    "Ringte referansen som søkeren selv oppga på telefon. Godt inntrykk.",
    "Kan begynne 1. mars. Ønsker å jobbe i Oslo-området.",
    "God på feilsøking i den praktiske prøven.",
)
# Vacancy, language, the stages gone through, whether the mailbox is confirmed, whether the talent pool was ticked.
COURSES = (
    ("technician", "nb", ("screening", "interview"), True, True),
    ("technician", "nb", ("screening",), True, False),
    ("technician", "en", ("screening", "interview", "offer"), True, True),
    ("technician", "nb", ("rejected",), True, True),
    ("technician", "nb", (), False, False),
    ("sales", "nb", ("screening",), True, False),
    ("sales", "nb", ("screening", "rejected"), True, False),
    ("sales", "en", (), True, True),
    ("apprentice", "nb", (), True, False),
    ("apprentice", "nb", ("interview",), True, False),
    ("apprentice", "nb", (), False, False),
)


class Applicants:
    """`people` yields invented people, `vacancies` is {key: {language: page}}, `hr` decides."""

    def __init__(self, random: Random, *, people, vacancies, hr):
        self.random, self.people, self.vacancies, self.hr = random, people, vacancies, hr

    def apply_all(self) -> None:
        """All courses, and the applicant one can sign in as, who applies twice."""
        for key, language, stages, is_confirmed, joins_pool in COURSES:
            person = next(self.people)
            email = f"{person.mailbox}@{DOMAIN}"
            row = self._apply(key, language, person.name, email, phone=person.phone, joins_pool=joins_pool)
            if is_confirmed:
                actions.confirm_application(row, by=None)
            self._move(row, stages)
        self._demo_applicant()

    def _demo_applicant(self) -> None:
        name, mailbox = DEMO_APPLICANT
        email = f"{mailbox}@{DOMAIN}"
        first = self._apply("technician", "nb", name, email, phone="+4742000001", joins_pool=True)
        actions.confirm_application(first, by=None)
        user = User.objects.get(email=email)
        accounts.change_password(user, password=settings.DEMO_PASSWORD, by=user)
        User.objects.filter(pk=user.pk).update(demo=True)
        second = self._apply("apprentice", "nb", name, email, phone="+4742000001", user=user)
        actions.confirm_application(second, by=user)
        self._move(first, ("screening", "interview"))

    def _apply(self, key, language, name, email, *, phone, joins_pool=False, user=None) -> Application:
        return actions.submit_application(
            self.vacancies[key][language],
            token=uuid.uuid4(),
            name=name,
            email=email,
            phone=phone,
            message=self.random.choice(LETTERS[language]),
            cv=cv_of(name, email, language),
            consent_text=engine.text_for(RECRUITMENT, language),
            talent_pool_text=engine.text_for(POOL, language) if joins_pool else None,
            language=language,
            user=user,
            by=user,
        )

    def _move(self, row, stages) -> None:
        for stage in stages:
            reason = REFUSED if stage == "rejected" else ""
            row = actions.move_application(row, to=stage, by=self.hr, reason=reason)
        if stages:
            actions.add_note(row, text=self.random.choice(NOTES), by=self.hr)


def cv_of(name: str, email: str, language: str):
    """A short CV that went through the same check as an upload: PDF where its letters allow it, else Word."""
    year = timezone.localdate().year
    if language == "en":
        lines = [
            name,
            email,
            "",
            "Experience",
            f"{year - 6}–{year} Mechanic, ship repair",
            "",
            "Certificates",
            "Forklift, T1–T4",
        ]
    else:
        lines = [
            name,
            email,
            "",
            "Erfaring",
            f"{year - 4}–{year} Mekaniker, skipsverft",
            "",
            "Kurs",
            "Truckførerbevis, T1–T4",
        ]
    title = names.latin(name)
    try:
        upload = ContentFile(documents.pdf(lines), name=f"cv-{title}.pdf")
    except UnicodeEncodeError:
        upload = ContentFile(documents.docx(lines), name=f"cv-{title}.docx")
    return check_upload(upload)
