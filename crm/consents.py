"""What customers may say yes to: each channel of marketing, and each way of learning from what they do (N36, N39, T21).

Every question stands alone: no box is ticked beforehand, none is a condition for anything, and each is taken back where
it was given. The wordings are written in both languages, not translated word by word.
"""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.consenting import Purpose, Wording
from privacy.declare import Activity, Basis, Category

MONTHS = 24
# No marketing consent below fifteen; the same limit is proposed for online services as a whole (L30).
FROM_AGE = 15

MARKETING_EMAIL = "marketing-email"
MARKETING_PHONE = "marketing-phone"
MARKETING_SMS = "marketing-sms"
RECOMMENDATIONS = "recommendations"
TAILORED_ADVERTISING = "tailored-advertising"
WEB_BEHAVIOUR = "web-behaviour"
EMAIL_BEHAVIOUR = "email-behaviour"
MARKETING = (MARKETING_EMAIL, MARKETING_PHONE, MARKETING_SMS)

OFFERS, FOR_YOU, LEARNING = _("News and offers"), _("Suggestions for you"), _("What we learn from what you do")
PROFILING_MEASURES = (
    _("only with consent, asked for by itself"),
    _("nothing leaves our own site"),
    _("each trait shows what it rests on and can be removed"),
    _("no decision is made by it"),
    _("erased when the consent ends"),
)
WITHDRAW_NB = "Du kan ombestemme deg når du vil: ett trykk på «Samtykkene dine» på siden din."
WITHDRAW_EN = "You can change your mind at any time: one press under “Your consents” on your page."


def _ask(
    code, *, title, plainly, dpv, notice, group, nb, en, facts, channel="", also=("", ""), risks="", needs=""
) -> Purpose:
    activity = registry.activity(
        Activity(
            code=code,
            title=title,
            plainly=plainly,
            purpose=dpv,
            basis=Basis.CONSENT,
            consent=code,
            notice=notice,
            subjects=("customers' employees", "prospects", "sole traders"),
            screened=bool(risks),
            risks=risks,
            necessity=needs,
            measures=PROFILING_MEASURES if risks else Activity.measures,
        )
    )
    return registry.purpose(
        Purpose(
            code=code,
            title=title,
            plainly=plainly,
            activity=activity,
            months=MONTHS,
            facts=facts,
            channel=channel,
            group=group,
            from_age=FROM_AGE,
            wordings={
                "nb": Wording(nb, f"{WITHDRAW_NB} {also[0]}".strip()),
                "en": Wording(en, f"{WITHDRAW_EN} {also[1]}".strip()),
            },
        )
    )


EMAIL = _ask(
    MARKETING_EMAIL,
    title=_("Marketing by e-mail"),
    plainly=_("To send you news and offers by e-mail, if you said yes to that."),
    dpv="dpv:DirectMarketing",
    notice=("N27", "N36", "N37", "N38"),
    group=OFFERS,
    channel="email",
    facts=(Category.NAME, Category.EMAIL),
    nb="Ja, dere kan sende meg nyheter og tilbud på e-post.",
    en="Yes, you may send me news and offers by e-mail.",
    also=("Hver e-post har også en lenke som melder deg av.", "Every e-mail also has a link that signs you off."),
)
PHONE = _ask(
    MARKETING_PHONE,
    title=_("Marketing by phone"),
    plainly=_("To call you with news and offers, if you said yes to that."),
    dpv="dpv:DirectMarketing",
    notice=("N27", "N36", "N37", "N38"),
    group=OFFERS,
    channel="phone",
    facts=(Category.NAME, Category.PHONE),
    nb="Ja, dere kan ringe meg med nyheter og tilbud.",
    en="Yes, you may call me with news and offers.",
    also=("Du kan også si det til den som ringer.", "You can also tell whoever calls."),
)
SMS = _ask(
    MARKETING_SMS,
    title=_("Marketing by SMS"),
    plainly=_("To send you news and offers by SMS, if you said yes to that."),
    dpv="dpv:DirectMarketing",
    notice=("N27", "N36", "N37", "N38"),
    group=OFFERS,
    channel="sms",
    facts=(Category.NAME, Category.PHONE),
    nb="Ja, dere kan sende meg nyheter og tilbud på SMS.",
    en="Yes, you may send me news and offers by SMS.",
    also=("Du kan også svare STOPP på en SMS fra oss.", "You can also answer STOP to an SMS from us."),
)
SUGGESTIONS = _ask(
    RECOMMENDATIONS,
    title=_("Recommendations"),
    plainly=_("To suggest products that go with what you have bought, if you said yes to that."),
    dpv="dpv:ProvideProductRecommendations",
    notice=("N39", "N40", "N41"),
    group=FOR_YOU,
    facts=(Category.PURCHASE, Category.BEHAVIOUR),
    nb="Ja, dere kan bruke det jeg har kjøpt og sett på her til å foreslå produkter for meg.",
    en="Yes, you may use what I have bought and looked at here to suggest products to me.",
    also=("Forslagene og det de bygger på blir da slettet.", "The suggestions and what they rest on are then erased."),
    needs=_("Nobody can suggest what fits without knowing what was bought. Without consent everyone sees the same."),
    risks=_(
        "A suggestion may be wrong, or show a colleague what somebody looked at. Little harm, seen and removed at once."
    ),
)
ADVERTISING = _ask(
    TAILORED_ADVERTISING,
    title=_("Tailored advertising"),
    plainly=_("To show you advertising on our own site that fits you, if you said yes to that."),
    dpv="dpv:PersonalisedAdvertising",
    notice=("N39", "N40", "N41"),
    group=FOR_YOU,
    facts=(Category.PURCHASE, Category.BEHAVIOUR),
    nb="Ja, dere kan velge ut annonser for meg på deres egne nettsider. Ingen andre får vite noe om meg.",
    en="Yes, you may choose advertising for me on your own site. Nobody else gets to know anything about me.",
    needs=_("Advertising that fits needs to know what somebody buys. Without consent everyone sees the same."),
    risks=_(
        "It may feel like being watched, or press somebody to buy. Low, because it is asked for and stays on our site."
    ),
)
VISITS = _ask(
    WEB_BEHAVIOUR,
    title=_("How you use the site"),
    plainly=_("To learn which pages and products you look at, if you said yes to that."),
    dpv="dpv:ServiceUsageAnalytics",
    notice=("N13", "N28", "N29"),
    group=LEARNING,
    facts=(Category.BEHAVIOUR,),
    nb="Ja, dere kan lagre hvilke sider og produkter jeg ser på her, og hva jeg trykker på.",
    en="Yes, you may store which pages and products I look at here, and what I press.",
    also=("Det som er lagret blir da slettet.", "What has been stored is then erased."),
    needs=_("What is of interest shows in what is looked at; pages and presses are stored, nothing else."),
    risks=_("Visits may tell more than somebody meant to. Kept for 13 months, under a number, never with other sites."),
)
READING = _ask(
    EMAIL_BEHAVIOUR,
    title=_("How you read our e-mail"),
    plainly=_("To learn which of our e-mails you open and what you press in them, if you said yes to that."),
    dpv="dpv:ServiceUsageAnalytics",
    notice=("N14", "N28", "N29"),
    group=LEARNING,
    facts=(Category.EMAIL_BEHAVIOUR,),
    nb="Ja, dere kan lagre når jeg åpner e-post fra dere, og hvilke lenker jeg trykker på.",
    en="Yes, you may store when I open e-mail from you, and which links I press.",
    also=("Det som er lagret blir da slettet.", "What has been stored is then erased."),
    needs=_("Whether an e-mail is read shows only when it is opened; time and link are stored, nothing else."),
    risks=_("When somebody reads may tell how they live. Kept for 13 months, and only for those who said yes."),
)
