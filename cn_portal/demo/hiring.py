"""What HR and a hiring leader do with three vacancies: ask, judge, meet, hear a referee, hire, and tidy up."""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from careers import actions
from careers.actions import RECRUITMENT, REFEREE
from careers.models import Answer, Application, HandRegistration, Hiring, State, Step, TalentPoolEntry
from careers.rules.clocks import POOL_MONTHS, pool_ends_on
from careers.rules.interviews import OSLO
from privacy import actions as engine

ASKED_OF = "sales"
QUESTIONS = (
    {
        "kind": "yes-no",
        "text_nb": "Har du førerkort klasse B?",
        "text_en": "Do you have a category B driving licence?",
        "required": True,
    },
    {
        "kind": "choice",
        "text_nb": "Når kan du begynne?",
        "text_en": "When can you begin?",
        "required": True,
        "choices_nb": "Med en gang\nOm en måned\nOm tre måneder eller senere",
        "choices_en": "At once\nIn a month\nIn three months or later",
    },
    {
        "kind": "long",
        "text_nb": "Hvilke verft eller verksteder kjenner du fra før?",
        "text_en": "Which yards or workshops do you know already?",
        "required": False,
    },
)
YARDS = {
    "nb": ("To verft i Sunnhordland, fra da jeg malte skrog.", "Ingen ennå, men jeg bor midt mellom tre av dem."),
    "en": ("Three yards near Haugesund, from six years of repairs.",),
}
# An answer that tells more than anybody asked for: HR closes it off.
TOLD_TOO_MUCH = "To verft på Stord. Jeg er sykmeldt for en skulder til påske, men kan begynne etter det."
CRITERIA = {
    "technician": (
        ("Fagbrev eller tilsvarende", "Industrimekaniker, hydraulikk eller noe som ligger nær.", "must"),
        ("Feilsøking", "Finner årsaken før noe byttes, og kan forklare den.", "must"),
        ("Omgang med kunder", "Rolig når noe haster, og tydelig om hva som skal til.", "should"),
    ),
    "sales": (
        ("Salg til industri", "Har solgt noe som må forklares.", "must"),
        ("Kjenner Vestlandet", "Vet hvem som bygger og reparerer hva.", "should"),
    ),
}
# Who judged (one row per application, in the order they came): (level, reason) per criterion.
JUDGED = (
    (
        ("4", "Fagbrev, og fire år på verft."),
        ("5", "Fant feilen i den praktiske prøven på ti minutter."),
        ("3", "Lite erfaring, men lytter."),
    ),
    (
        ("3", "Fagbrev, kort praksis."),
        ("2", "Byttet deler før målingen var gjort."),
        ("4", "Forklarte godt for den som spilte kunde."),
    ),
    (
        ("5", "Seks år med pumper under høyt trykk."),
        ("4", "Trygg framgangsmåte."),
        ("not_shown", "Ikke tema i samtalen."),
    ),
)
BRINGS = {
    "education": "Fagskole, elkraft. Fagbrev som industrimekaniker.",
    "experience": "Åtte år med salg av teknisk utstyr, fem av dem på Vestlandet.",
    "other": "Regner ut og forklarer et anlegg uten hjelp.",
}
REFEREE_OF = {
    "full_name": "Turid Myklebust",
    "relation": "Verkstedleder, tidligere sjef",
    "email": "turid.myklebust@verft.example",
    "phone": "",
}
HEARD = "Referansen beskriver grundig arbeid, og ville ansatt igjen. Kan bli bedre til å spørre tidlig."
BY_HAND = {
    "name": "Ragna Fosse",
    "email": "ragna.fosse@soker.example",
    "phone": "",
    "message": "Jeg ringte fordi jeg ikke har maskin hjemme. Jeg går på yrkesfag og vil gjerne ha plass hos dere.",
}
BEFORE_RENEWAL = timedelta(days=21)


def ask_and_judge(vacancies, *, hr) -> None:
    """Before anybody applies: three questions for one vacancy, and what two are judged by."""
    asked = Hiring.objects.of(vacancies[ASKED_OF]["nb"])
    for question in QUESTIONS:
        actions.add_question(asked, **question, by=hr)
    for key, criteria in CRITERIA.items():
        hiring = Hiring.objects.of(vacancies[key]["nb"])
        for title, meaning, need in criteria:
            actions.add_criterion(hiring, title=title, meaning=meaning, need=need, by=hr)


def answers_to(questions, language: str, number: int) -> dict[str, str]:
    """The raw answers of the applicant with this number, as the form would send them."""
    drives, begins, knows = questions
    yards = YARDS[language]
    words = TOLD_TOO_MUCH if number == 0 else yards[number % len(yards)]
    choices = begins.choices("nb")
    return {str(drives.pk): "yes", str(begins.pk): choices[number % len(choices)], str(knows.pk): words}


class HiringTeam:
    """Everything after the applications have come in. `vacancies` is {key: {language: page}}."""

    def __init__(self, *, vacancies, colleagues, today):
        self.vacancies, self.today = vacancies, today
        self.hr, self.leader = colleagues["hr"], colleagues["hiring"]

    def work(self) -> None:
        """Judge, meet, ask a referee, hire, close off, register by hand, and let one yes come near its end."""
        self._judge()
        self._meet()
        self._hear_a_referee()
        self._hire()
        self._close_off()
        self._register_by_hand()
        self._let_a_yes_grow_old()

    def _rows(self, key, **which):
        rows = Application.objects.filter(vacancy_reference=self.vacancies[key]["nb"].reference, **which)
        return rows.select_related("subject").order_by("submitted_at", "pk")

    def _judge(self) -> None:
        hiring = Hiring.objects.of(self.vacancies["technician"]["nb"])
        criteria = actions.criteria_of(hiring)
        met = self._rows("technician", state=State.INTERVIEW)
        for row, judged in zip(met, JUDGED, strict=False):
            said = {str(criterion.pk): each for criterion, each in zip(criteria, judged, strict=True)}
            actions.save_assessment(row, judgements=said, by=self.hr, submit=True)
        half = {str(criteria[0].pk): JUDGED[0][0]}
        actions.save_assessment(met.first(), judgements=half, by=self.leader, submit=False)

    def _meet(self) -> None:
        agreed, offered = self._rows("technician", step=Step.FIRST_INTERVIEW)[:2]
        facts = {"minutes": 45, "with_whom": "Henrik Sundby og Hanne Rustad", "by": self.hr}
        actions.offer_interview(
            agreed,
            times=[self._at(3, 10)],
            kind="place",
            place="Slyngehjulveien 4, Oslo",
            message="Ta gjerne med arbeidstøy. Vi viser deg verkstedet først.",
            agreed=True,
            **facts,
        )
        actions.offer_interview(
            offered,
            times=[self._at(4, 9), self._at(4, 13), self._at(6, 9)],
            kind="video",
            place="Lenken kommer i invitasjonen.",
            message="",
            **facts,
        )

    def _at(self, days: int, hour: int) -> datetime:
        return datetime.combine(self.today + timedelta(days=days), time(hour), OSLO)

    def _hear_a_referee(self) -> None:
        row = self._rows("technician", step=Step.REFERENCES).first()
        text = engine.text_for(REFEREE, row.language)
        referee = actions.add_referee(row, **REFEREE_OF, text=text, by=None)
        actions.tell_referee(referee, how="mail", by=self.hr)
        actions.note_referee(referee, said=HEARD, identifying="", by=self.hr)

    def _hire(self) -> None:
        hired = self._rows("sales", step=Step.HIRED).get()
        actions.record_start(hired, starts_on=self.today + timedelta(days=40), by=self.hr)
        actions.write_decision_record(
            Hiring.objects.of(self.vacancies["sales"]["nb"]), decided_on=self.today, **BRINGS, by=self.hr
        )
        for key in ("sales", "technician"):
            # The one is answered at once, the other waits for somebody to be hired.
            actions.ask_who_was_hired(self._rows(key, step=Step.REJECTED).first(), by=None)

    def _close_off(self) -> None:
        answers = Answer.objects.filter(application__in=self._rows("sales")).select_related("application__subject")
        told = next(answer for answer in answers if answer.text == TOLD_TOO_MUCH)
        actions.flag_content(told.application, kind="answer", target=told.pk, reason="health", by=self.hr)

    def _register_by_hand(self) -> None:
        yesterday = self.today - timedelta(days=1)
        actions.register_application(
            self.vacancies["apprentice"]["nb"],
            **BY_HAND,
            cv=None,
            received_by="phone",
            arrived_on=yesterday,
            how=HandRegistration.How.PHONE,
            agreed_on=yesterday,
            evidence=None,
            consent_text=engine.text_for(RECRUITMENT, "nb"),
            language="nb",
            minor=True,
            by=self.hr,
        )

    def _let_a_yes_grow_old(self) -> None:
        """Somebody said yes almost a year ago, and is asked now whether it still holds."""
        entry = TalentPoolEntry.objects.order_by("added_at", "pk").first()
        agreed_on = self.today - relativedelta(months=POOL_MONTHS) + BEFORE_RENEWAL
        TalentPoolEntry.objects.filter(pk=entry.pk).update(
            agreed_on=agreed_on,
            first_agreed_on=agreed_on,
            ends_on=pool_ends_on(agreed_on, first_agreed_on=agreed_on),
        )
        actions.ask_for_renewals(as_of=timezone.now())
