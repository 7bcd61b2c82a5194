"""Twenty people who apply, by the same act as the form on the website, and what HR does with some of them."""

import uuid
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from random import Random

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from careers import actions
from careers.actions import POOL, RECRUITMENT
from careers.models import Application, Question
from careers.uploads import CheckedFile, check_upload
from cn_portal.accounts import actions as accounts
from cn_portal.accounts.models import User
from cn_portal.demo import documents, names
from cn_portal.demo.hiring import ASKED_OF, answers_to
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
# Vacancy, language, the steps gone through, whether the mailbox is confirmed, whether the talent pool was ticked, and
# how many days ago the last of it happened.
COURSES = (
    ("technician", "nb", ("read", "interview_1"), True, True, 2),
    ("technician", "nb", ("read",), True, False, 3),
    ("technician", "en", ("read", "interview_1", "offer_made"), True, True, 1),
    ("technician", "nb", ("rejected",), True, True, 4),
    ("technician", "nb", (), False, False, 0),
    ("technician", "nb", ("shortlist",), True, False, 2),
    ("technician", "nb", ("read", "reserve"), True, False, 5),
    ("technician", "en", ("shortlist", "interview_1", "interview_2"), True, False, 1),
    ("technician", "nb", ("interview_1", "references"), True, True, 0),
    ("technician", "nb", (), True, False, 6),
    ("sales", "nb", ("read",), True, False, 3),
    ("sales", "nb", ("read", "rejected"), True, False, 2),
    ("sales", "en", (), True, True, 1),
    ("sales", "nb", ("shortlist",), True, False, 4),
    ("sales", "nb", ("interview_1", "offer_made", "offer_accepted"), True, False, 0),
    ("sales", "nb", ("interview_1", "offer_made", "hired"), True, False, 1),
    ("apprentice", "nb", (), True, False, 5),
    ("apprentice", "nb", ("interview_1",), True, False, 1),
    ("apprentice", "nb", (), False, False, 2),
)


class Applicants:
    """`people` yields invented people, `vacancies` is {key: {language: page}}, `hr` decides."""

    def __init__(self, random: Random, *, people, vacancies, hr):
        self.random, self.people, self.vacancies, self.hr = random, people, vacancies, hr
        self._checked: dict[tuple[str, bool], CheckedFile] = {}
        self._answered = 0

    def apply_all(self) -> None:
        """All courses, and the applicant one can sign in as, who applies twice."""
        for key, language, steps, is_confirmed, joins_pool, days_ago in COURSES:
            person = next(self.people)
            email = f"{person.mailbox}@{DOMAIN}"
            row = self._apply(key, language, person.name, email, phone=person.phone, joins_pool=joins_pool)
            if is_confirmed:
                actions.confirm_application(row, by=None)
            self._move(row, steps)
            _happened(row, days_ago)
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
        self._move(first, ("read", "interview_1"))

    def _apply(self, key, language, name, email, *, phone, joins_pool=False, user=None) -> Application:
        said = {"full_name": name, "email": email, "phone": phone, "message": self.random.choice(LETTERS[language])}
        agreed = {
            "consent_text": engine.text_for(RECRUITMENT, language),
            "talent_pool_text": engine.text_for(POOL, language) if joins_pool else None,
        }
        vacancy = self.vacancies[key][language]
        if key == ASKED_OF:
            return self._answer_and_apply(vacancy, said, agreed, language)
        said["name"] = said.pop("full_name")
        cv = self._cv(name, language)
        return actions.submit_application(
            vacancy, token=uuid.uuid4(), cv=cv, language=language, user=user, by=user, **said, **agreed
        )

    def _answer_and_apply(self, vacancy, said, agreed, language) -> Application:
        """The way of the form with questions: a draft, its answers and file, and then it is sent."""
        questions = list(Question.objects.filter(hiring__reference=vacancy.reference))
        draft = actions.start_draft(vacancy, said=said, user=None, by=None)
        raw = answers_to(questions, language, self._answered)
        self._answered += 1
        answers = actions.answers_to_keep(questions, raw, language)
        actions.save_draft(draft, vacancy=vacancy, said={"answers": answers}, by=None)
        cv = self._cv(said["full_name"], language)
        actions.attach_to_draft(draft, kind="cv", checked=cv, by=None)
        return actions.submit_draft(draft, vacancy=vacancy, minor=False, user=None, by=None, **agreed)

    def _cv(self, name, language) -> CheckedFile:
        """A CV in this person's name. One without names per language and format is checked, and serves everybody."""
        is_latin = _fits_pdf(name)
        if (language, is_latin) not in self._checked:
            lines = experience_in(language)
            upload = documents.pdf(lines) if is_latin else documents.docx(lines)
            checked = check_upload(ContentFile(upload, name="cv"))
            with checked.stream as stream:
                self._checked[language, is_latin] = replace(checked, stream=BytesIO(stream.read()))
        checked = self._checked[language, is_latin]
        ending = checked.display_name.rpartition(".")[2]
        name = f"cv-{names.latin(name)}.{ending}"
        return replace(checked, stream=BytesIO(checked.stream.getvalue()), display_name=name)

    def _move(self, row, steps) -> None:
        for step in steps:
            reason = REFUSED if step == "rejected" else ""
            row = actions.move_application(row, to=step, by=self.hr, reason=reason)
        if steps:
            actions.add_note(row, text=self.random.choice(NOTES), by=self.hr)


def _happened(row, days_ago: int) -> None:
    """The vacancies opened a week ago, and not everybody wrote today."""
    moment = timezone.now() - timedelta(days=days_ago)
    Application.objects.filter(pk=row.pk).update(submitted_at=moment - timedelta(hours=days_ago), step_since=moment)


def cv_of(name: str, email: str, language: str) -> CheckedFile:
    """A short CV that went through the same check as an upload: PDF where its letters allow it, else Word."""
    lines = [name, email, "", *experience_in(language)]
    made, ending = (documents.pdf(lines), "pdf") if _fits_pdf(name) else (documents.docx(lines), "docx")
    return check_upload(ContentFile(made, name=f"cv-{names.latin(name)}.{ending}"))


def experience_in(language: str) -> list[str]:
    """What every one of them has done, line by line."""
    year = timezone.localdate().year
    if language == "en":
        lines = [
            "Experience",
            f"{year - 6}–{year} Mechanic, ship repair",
            "",
            "Certificates",
            "Forklift, T1–T4",
        ]
    else:
        lines = [
            "Erfaring",
            f"{year - 4}–{year} Mekaniker, skipsverft",
            "",
            "Kurs",
            "Truckførerbevis, T1–T4",
        ]
    return lines


def _fits_pdf(name: str) -> bool:
    try:
        name.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
