"""What may not be asked of an applicant, in Norwegian and English, and what may be asked instead (L28). Pure.

A question is looked at word by word: stems that have one meaning only, and short turns of phrase where a word alone
would be too much (“gift” is also poison, “skilt” also a sign). What is harmless is taken out first: health, safety and
environment, driving licences, permission to work.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Topic:
    """One forbidden subject: a code, its patterns, and the sentence for whoever wanted to ask."""

    code: str
    refusal: object
    patterns: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        return any(re.search(pattern, text) for pattern in self.patterns)


# Turns of phrase that hold a forbidden word and ask for nothing forbidden.
_HARMLESS = re.compile(
    "|".join(
        (
            r"\bhelse,? ?(?:-|og|/)? ?miljø,? (?:og|&) sikkerhet\w*",
            r"\bhelse(?:fag|personell|arbeider|sektor|vesen|foretak|sekretær|tjeneste)\w*",
            r"\bhealth,? (?:and |& |, )?(?:safety|environment)\w*",
            r"\bhealth ?care\b",
            r"\bmedical (?:device|equipment|industry|sector|technolog)\w*",
            r"\b(?:erfaring|arbeid\w*|jobb\w*|undervis\w*) (?:fra arbeid )?(?:med|for|av|blant) (?:\w+ og )?barn\b",
            r"\b(?:experience|work\w*|teach\w*) (?:of |in )?(?:with |for )?(?:young )?children\b",
            r"\bfamilie(?:bedrift|selskap|eid)\w*",
            r"\bfamily[- ](?:business|owned|company|run)\w*",
            r"\beuropean union\b",
            r"\b(?:maskin|anlegg|utstyr)\w*s alder\b",
            r"\bage of the (?:machine|equipment|plant|system)\w*",
        )
    )
)

TOPICS = (
    Topic(
        "family",
        _(
            "Pregnancy, children, adoption and family may not be asked about "
            "(Equality and Anti-Discrimination Act § 30). Nothing was saved. You may ask: “Can you work the hours in "
            "the advert?”"
        ),
        (
            r"\bgravid\w*",
            r"\bsvanger\w*",
            r"\badops\w*|\badopter\w*",
            r"\b(?:små)?barn(?:a|et|ene|løs|løse|epass|efri|eplaner|ebarn)?\b",
            r"\bfå (?:flere )?barn",
            r"\bforeldreperm\w*|\b(?:mamma|pappa)perm\w*|\bfødselsperm\w*",
            r"\bfamilien?\b|\bfamilie(?:plan|situasjon|forhold|forøk|status|liv)\w*",
            r"\bsivilsta\w*|\bsamboer\w*|\bektefelle\w*|\bektemann\w*|\bektepar\b|\bkjæreste\w*",
            r"\b(?:er du|er søkeren) (?:gift|skilt|enslig|singel|forlovet|enke)\b|\bgift eller\b",
            r"\bomsorg(?:s\w*)? (?:for|ansvar|oppgave|plikt)\w*|\bomsorgs(?:ansvar|oppgave|plikt)\w*",
            r"\bpregnan\w*|\bmaternity\b|\bpaternity\b|\bparental\b",
            r"\bchild(?:ren|less|care)?\b|\bkids?\b|\btoddler\w*|\bbaby\b|\bbabies\b",
            r"\bmarried\b|\bmarital\b|\bspouse\b|\bhusband\b|\bwife\b|\bdivorced?\b|\bcohabit\w*|\bcivil status\b",
            r"\bfamil(?:y|ies)\b",
            r"\bcaring responsibilit\w*|\bcarer\b",
        ),
    ),
    Topic(
        "belief",
        _(
            "Religion and belief may not be asked about (Equality and Anti-Discrimination Act § 30). Nothing was "
            "saved. You may ask: “Can you work at the times in the advert, weekends included?”"
        ),
        (
            r"\brelig\w*|\blivssyn\w*|\btrossamfunn\w*|\btrosretning\w*|\bgudstro\w*|\btroende\b",
            r"\b(?:din|hvilken|annen|personlig) tro\b|\btror du på gud\b",
            r"\bkirke(?:n|medlem\w*|tilhør\w*)?\b|\bmoske\w*|\bmoské\w*|\bsynagoge\w*",
            r"\bmuslim\w*|\bkrist(?:en|ne|elig\w*|endom\w*)\b|\bjøde\w*|\bjødisk\w*|\bhindu\w*|\bateis\w*|\bhijab\w*",
            r"\bfaiths?\b|\bbeliefs?\b|\bbelieve in god\b|\bchurch\w*|\bmosque\w*|\bpray(?:er|ers|ing)?\b",
            r"\bchristian(?:ity|s)?\b|\bjew(?:ish|s)?\b|\batheis\w*|\bislam\w*|\bbuddhis\w*",
        ),
    ),
    Topic(
        "origin",
        _(
            "Ethnic and national origin, skin colour and mother tongue may not be asked about (Equality and "
            "Anti-Discrimination Act § 30). Nothing was saved. You may ask: “Do you have permission to work in "
            "Norway?” or “How well do you speak Norwegian?”"
        ),
        (
            r"\betnis\w*|\betnisitet\w*|\brase\b|\bhudfarge\w*|\bnasjonalitet\w*|\bstatsborger\w*|\bmorsmål\w*",
            r"\b(?:etnisk|nasjonal|din|hvilken)e? opprinnelse\w*|\bopprinnelsesland\w*|\bfødeland\w*|\bfødested\w*",
            r"\bhvor (?:kommer|er) du (?:opprinnelig )?fra\b|\binnvandr\w*|\bfødt (?:i utlandet|i norge|utenfor)\b",
            r"\bforeldre(?:ne)? (?:dine )?(?:kommer|er) (?:\w+ )?fra\b|\ber du same\b|\bkulturell bakgrunn\b",
            r"\bethnic\w*|\brac(?:e|ial|ially)\b|\bskin colou?r\w*|\bnationalit\w*|\bnational origin\w*",
            r"\bcitizen(?:ship|s)?\b|\bmother tongue\w*|\bnative (?:language|speaker|tongue)\w*|\bimmigra\w*",
            r"\bwhere (?:are|do) you (?:originally |really )?(?:come )?from\b|\bborn (?:abroad|in norway|outside)\b",
            r"\bcountry of (?:birth|origin)\b|\bbirthplace\w*|\bplace of birth\b|\bcultural background\b",
        ),
    ),
    Topic(
        "politics",
        _(
            "Political opinions may not be asked about (Working Environment Act § 13-4). Nothing was saved. You may "
            "ask what the applicant knows about the field of work."
        ),
        (
            r"\bpolitisk\w*|\bpolitikk\w*|\bpolitiker\w*",
            r"\b(?:hvilket|et|noe) parti(?:et)? (?:er du|stemmer|tilhører|støtter)|\bparti(?:medlem|tilhør)\w*",
            r"\bmedlem (?:av|i) (?:et |noe )?parti\b|\bstemm(?:er|te) du på\b|\bstemte du\b|\bved (?:siste )?valget\b",
            r"\bpolitic\w*|\bparty member\w*|\bmember of (?:a|any) party\b|\bwhich party\b",
            r"\b(?:do|did|would|will) you vote\b|\bvoted? for\b",
        ),
    ),
    Topic(
        "union",
        _(
            "Membership of a trade union may not be asked about (Working Environment Act § 13-4). Nothing was saved. "
            "You may ask about a certificate of apprenticeship or other training."
        ),
        (
            r"\bfagforen\w*|\bfagorganis\w*|\bfagforbund\w*|\btillitsvalgt\w*|\barbeidstakerorganisasjon\w*",
            r"\ber du (?:\w+ )?organisert(?: i| gjennom|\?|$)|\b(?:lo|ys|unio|nito|tekna)[- ]medlem\w*",
            r"\bmedlem (?:av|i) (?:lo|ys|unio|nito|tekna|akademikerne|fellesforbundet|fagforbundet)\b",
            r"\b(?:trade|labou?r|workers'?) unions?\b|\bunion (?:member|rep|affiliat|official)\w*|\bunioni[sz]\w*",
            r"\b(?:member of|belong to|joined|join|in) (?:a|any|the) union\b|\bshop steward\w*",
        ),
    ),
    Topic(
        "health",
        _(
            "Health and disability may not be asked about (Working Environment Act § 9-3; Equality and "
            "Anti-Discrimination Act § 30). Nothing was saved. You may ask: “Can you do the tasks in the advert, and "
            "is there something we should arrange for the interview?”"
        ),
        (
            r"\bhelse(?:n|a|tilstand\w*|attest\w*|plage\w*|problem\w*|opplysning\w*|messig\w*|utfordring\w*)?\b",
            r"\bs[yj]u?k(?:e|dom\w*|meld\w*|efravær\w*|efråvær\w*|elig\w*|ehistor\w*)?\b|\bsykefravær\w*|\bsykdom\w*",
            r"\bfunksjons(?:nedset|hem|evne|hind)\w*|\bhandi[ck]ap\w*|\bufør\w*|\ballergi(?!frem|\w*frem)\w*|\bpsykisk\w*|\bpsykiat\w*",
            r"\b(?:har du|fått|din|en) (?:en |noen )?diagnose\w*|\b(?:tar|bruker) du (?:noen |fast )?medisin\w*",
            r"\bmedisinbruk\w*|\bmedikament\w*|\bdepresjon\w*|\bdeprimert\w*|\bangst\w*|\bkreft(?!frem)\w*|\bdiabetes\w*",
            r"\bepilep\w*|\bastma\w*|\bvaksin\w*|\brus(?:problem|misbruk|middel|midler|avheng)\w*",
            r"\balkohol(?:problem|misbruk|vane|bruk)\w*|\bdrikker du alkohol\b|\bnarkotik\w*|\bgenetisk\w*",
            r"\barvelig\w*|\bbiometri\w*|\bblodtype\w*",
            r"\bhealth\w*|\bill(?:ness|nesses)\b|\b(?:are|been|be) ill\b|\bsick\w*|\bdisease\w*|\bdisabilit\w*",
            r"\bdisabled\b|\bimpairment\w*|\bhandicap\w*|\bmedical\w*|\bmedication\w*|\bmedicines?\b|\bmental\w*",
            r"\bdepress(?:ion|ed)\b|\banxiety\b|\ballerg(?:y|ies|ic)\b",
            r"\bdiagnosed with\b|\b(?:your|any) diagnos[ei]s\b",
            r"\bcancer\b|\bdiabet\w*|\basthma\w*|\bvaccin\w*|\balcohol (?:problem|abuse|use)\w*|\bdrink alcohol\b",
            r"\b(?:use|take) (?:any )?drugs\b|\bgenetic\w*|\bbiometric\w*",
            r"\bneurodiver\w*|\badhd\b|\bautis\w*|\bdyslek\w*|\bdyslex\w*",
        ),
    ),
    Topic(
        "orientation",
        _(
            "Sexual orientation, gender identity and gender may not be asked about (Equality and Anti-Discrimination "
            "Act §§ 6 and 30). Nothing was saved. You may ask how the applicant would like to be addressed, in the "
            "interview."
        ),
        (
            r"\bseksuell\w*|\bseksualitet\w*|\blegning\w*|\bhomofil\w*|\bhomose[kx]\w*|\blesbisk\w*|\bbifil\w*|\bheterofil\w*",
            r"\bskeiv\w*|\btransperson\w*|\btranskjønn\w*|\bkjønn(?:et|s\w*)?\b|\ber du (?:mann|kvinne|mann eller)\b",
            r"\bsexual\w*|\bgay\b|\blesbian\w*|\bbisexual\w*|\bhomosexual\w*|\bqueer\b|\btrans(?:gender|sexual)\w*",
            r"\bgender\w*|\bsex\b|\bare you (?:a )?(?:man|woman|male|female)\b",
        ),
    ),
    Topic(
        "number",
        _(
            "National identity numbers are not asked for in an application (Personal Data Act § 12). Nothing was "
            "saved. Whoever is hired gives it when the contract is made."
        ),
        (
            r"\bfødselsnummer\w*|\bfødselsnr\b|\bpersonnummer\w*|\bpersonnr\b|\bd-nummer\w*|\bpassnummer\w*",
            r"\bfødsels- og personnummer\w*|\bid-nummer\w*|\bnational (?:identity|id|identification|insurance) n\w*",
            r"\bsocial security\b|\bpersonal (?:identity|id|identification) number\w*|\bbirth number\w*|\bssn\b",
            r"\bpassport number\w*|\bd[- ]number\b",
        ),
    ),
    Topic(
        "age",
        _(
            "Age and date of birth may not be asked about (Working Environment Act § 13-1). Nothing was saved. You may "
            "ask: “Are you over 18?” where the work demands it, or about experience."
        ),
        (
            r"\balder(?:en|sgruppe\w*|strinn\w*)?\b|\bfødselsdato\w*|\bfødselsår\w*|\bfødselsdag\w*|\bhvor gammel\b",
            r"\bnår (?:er|ble) du født\b|\bfødt (?:i|år|før|etter) (?:\d|år)|\bpensjon(?:ist|er|salder|ere\w*)?\b",
            r"\bages?\b|\baged\b|\bhow old\b|\bdate of birth\b|\bbirth ?(?:date|day|year)s?\b|\byear of birth\b",
            r"\bwhen were you born\b|\bborn (?:in|before|after) (?:\d|the)|\bretire\w*|\bmillennial\w*",
        ),
    ),
    Topic(
        "convictions",
        _(
            "Convictions and offences may not be asked about in an application (GDPR Art 10; Personal Data Act § 11). "
            "Nothing was saved. Where a law demands a police certificate, write so in the advert; it is asked for when "
            "the job is offered."
        ),
        (
            r"\bstraff(?:et|edømt|bar\w*|esak\w*|attest\w*|erettslig\w*|edom\w*|elov\w*|eforfølg\w*)?\b|\bvandel\w*",
            r"\bpolitiattest\w*|\b(?:er|er du|blitt|vært|tidligere) dømt\b|\bdomfelt\w*",
            r"\b(?:vært|er|blitt) siktet\b|\btiltalt\b",
            r"\bkriminel\w*|\bkriminal\w*|\bforbryt\w*|\bfengsel\w*|\bfengslet\b|\brulleblad\w*|\barrestert\w*|\blovbrudd\w*",
            r"\bconvict(?:ed|ion|ions)\b|\bcriminal\w*|\bcrimes?\b|\boffen[cs]es?\b|\bfelon\w*|\barrested\b|\bprison\w*",
            r"\bjail\w*|\bpolice (?:certificate|record|check|clearance)\w*|\bbackground check\w*|\bcharged with\b",
        ),
    ),
)


def forbidden_in(text: str) -> Topic | None:
    """The first forbidden subject a question touches, in either language; None for one that may be asked."""
    words = _HARMLESS.sub(" ", _plain(text))
    return next((topic for topic in TOPICS if topic.is_in(words)), None)


def _plain(text: str) -> str:
    """Composed, in small letters, without invisible characters, words parted by one blank."""
    composed = unicodedata.normalize("NFKC", text)
    visible = "".join(char for char in composed if char.isspace() or unicodedata.category(char)[0] != "C")
    return " ".join(visible.casefold().split())
