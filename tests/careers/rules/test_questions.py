"""What may not be asked of an applicant is refused in both languages; what belongs to the work is not (L28, N16)."""

import pytest
from django.utils.translation import override

from careers.rules.questions import TOPICS, forbidden_in

FORBIDDEN = {
    "family": (
        "Er du gravid?",
        "Planlegger du å få barn de neste årene?",
        "Har du barn?",
        "Hvor mange barn har du, og hvor gamle er de?",
        "Skal du ut i foreldrepermisjon?",
        "Hva er din sivilstand?",
        "Er du gift?",
        "Har du småbarn hjemme?",
        "Fortell om familien din",
        "Har du omsorgsansvar for noen?",
        "Vurderer du adopsjon?",
        "Are you pregnant?",
        "Do you plan to have children?",
        "Do you have kids?",
        "What is your marital status?",
        "Are you going on maternity leave?",
        "Tell us about your family",
        "GRAVID?",
        "Er du gra\u00advid?",
    ),
    "belief": (
        "Hvilken religion har du?",
        "Er du religiøs?",
        "Hvilket livssyn har du?",
        "Er du medlem av kirken?",
        "Bruker du hijab?",
        "Er du muslim?",
        "Hvilken tro har du?",
        "What is your religion?",
        "Do you go to church?",
        "Are you a Christian?",
        "Do you need breaks for prayer?",
    ),
    "origin": (
        "Hvor kommer du opprinnelig fra?",
        "Hva er din etniske bakgrunn?",
        "Hvilken nasjonalitet har du?",
        "Hva er morsmålet ditt?",
        "Er du norsk statsborger?",
        "Er du født i utlandet?",
        "What is your ethnic background?",
        "Where are you from?",
        "What is your nationality?",
        "Is Norwegian your mother tongue?",
        "Are you a native speaker of English?",
    ),
    "politics": (
        "Er du politisk aktiv?",
        "Hvilket parti stemmer du på?",
        "Er du medlem av et parti?",
        "What are your political views?",
        "Who did you vote for?",
    ),
    "union": (
        "Er du fagorganisert?",
        "Er du medlem av en fagforening?",
        "Er du medlem av LO?",
        "Har du vært tillitsvalgt?",
        "Are you a union member?",
        "Do you belong to a trade union?",
    ),
    "health": (
        "Har du helseproblemer?",
        "Hvordan er helsen din?",
        "Har du en funksjonsnedsettelse?",
        "Hvor mye sykefravær hadde du i fjor?",
        "Er du ofte syk?",
        "Har du vært sykmeldt?",
        "Har du en diagnose?",
        "Tar du medisiner?",
        "Har du allergier?",
        "Er du vaksinert?",
        "Do you have any health problems?",
        "Do you have a disability?",
        "How many sick days did you take last year?",
        "Are you on any medication?",
        "Have you ever been treated for depression?",
        "Do you have a medical condition?",
    ),
    "orientation": (
        "Hva er din seksuelle legning?",
        "Er du homofil?",
        "Kjønn?",
        "Er du mann eller kvinne?",
        "What is your sexual orientation?",
        "What is your gender?",
    ),
    "number": (
        "Oppgi fødselsnummer",
        "Hva er personnummeret ditt? Personnummer kreves",
        "What is your national identity number?",
        "Give your social security number",
    ),
    "age": (
        "Hvor gammel er du?",
        "Hva er din alder?",
        "Fødselsdato",
        "Når er du født?",
        "Når går du av med pensjon?",
        "What is your age?",
        "How old are you?",
        "Date of birth",
        "When do you plan to retire?",
    ),
    "convictions": (
        "Er du tidligere straffet?",
        "Har du politiattest?",
        "Har du vært i fengsel?",
        "Er du dømt for noe?",
        "Have you ever been convicted?",
        "Do you have a criminal record?",
        "Can you pass a background check?",
    ),
}
ALLOWED = (
    "Har du førerkort klasse B?",
    "Do you have a driving licence?",
    "Kan du jobbe skift?",
    "Can you work shifts, including weekends?",
    "Har du arbeidstillatelse i Norge?",
    "Do you have a work permit for Norway?",
    "Do you have permission to work in Norway?",
    "Hvor mange års erfaring har du med sandblåsing?",
    "How many years of experience do you have?",
    "Er du over 18 år?",
    "Are you over 18?",
    "Har du fagbrev som overflatebehandler?",
    "Har du erfaring med helse, miljø og sikkerhet?",
    "What do you know about health, safety and environment?",
    "Have you worked with health and safety?",
    "Hva vet du om HMS?",
    "Kan du løfte 25 kg?",
    "Can you lift 25 kg?",
    "Kan du arbeide i høyden?",
    "Når kan du begynne?",
    "When can you start?",
    "Hvor godt snakker du norsk?",
    "How well do you speak Norwegian?",
    "Snakker du samisk?",
    "Har du håndtert giftige stoffer?",
    "Har du jobbet med gift og løsemidler?",
    "Har du laget skilt før?",
    "Hvordan organiserer du arbeidsdagen?",
    "Hvorfor tror du at du passer hos oss?",
    "Why do you believe you fit in with us?",
    "Har du erfaring med feildiagnose på hydraulikk?",
    "Have you done fault diagnosis on hydraulics?",
    "Har du erfaring fra familiebedrift?",
    "Have you worked in a family-owned company?",
    "Har du erfaring med å håndtere store partier stål?",
    "Har du jobbet i Kirkenes eller Kristiansand?",
    "Have you managed a team, and at which stage of a project?",
    "How do you disable an alarm before service?",
    "Hvor kommer motivasjonen din fra?",
    "Har du sertifikat for truck?",
    "Hvordan har du fulgt opp en kunde i politiet?",
    "Har du jobbet i Den europeiske union?",
    "Have you worked elsewhere in the European Union?",
    "Har du vært verneombud?",
    "Hvilken lønn ønsker du?",
    "Har du erfaring med helsepersonell som kunder?",
    "Have you sold medical equipment?",
    "Har du erfaring fra arbeid med barn?",
    "Kan du reise i inntil 60 døgn i året?",
    "Har du arbeidet med kreftfremkallende eller allergifremkallende stoffer?",
    "Har du brukt alkoholbaserte løsemidler?",
    "How quickly do you adopt new tools?",
    "Har du jobbet på sykehus eller syklet til jobb?",
    "Have you traced faults in a race against time at sea?",
)


@pytest.mark.parametrize(
    ("topic", "question"), [(code, question) for code, questions in FORBIDDEN.items() for question in questions]
)
def test_a_forbidden_question_is_refused_for_what_it_is(topic, question):
    found = forbidden_in(question)
    assert found is not None and found.code == topic


@pytest.mark.parametrize("question", ALLOWED[:-1])
def test_a_question_about_the_work_is_fine(question):
    found = forbidden_in(question)
    assert found is None, found.code


def test_a_word_with_two_meanings_is_refused_rather_than_let_through():
    assert forbidden_in(ALLOWED[-1]).code == "origin"


def test_every_subject_has_a_sentence_with_a_law_and_a_way_out_in_both_languages():
    assert {topic.code for topic in TOPICS} == set(FORBIDDEN)
    for topic in TOPICS:
        with override("en"):
            english = str(topic.refusal)
        with override("nb"):
            norwegian = str(topic.refusal)
        assert english != norwegian
        assert "§" in english and "§" in norwegian
        assert "Nothing was saved" in english and "Ingenting ble lagret" in norwegian
