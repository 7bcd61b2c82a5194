"""The two questions an applicant is asked, word for word, in both languages (N32, L18 to L20)."""

from careers import personal_data
from careers.actions.referee_wording import REFEREE, SPECIAL_ITEM
from careers.rules.clocks import POOL_MONTHS
from privacy import actions as engine
from privacy import registry
from privacy.consenting import Purpose, Wording

RECRUITMENT = "recruitment"
POOL = "talent-pool"
# An application lives for six months after the decision; a year covers a long process as well.
RECRUITMENT_MONTHS = 12

# Both are asked in the application form, together with what they need: neither makes sense on a page of its own.
registry.purpose(
    Purpose(
        code=RECRUITMENT,
        title=personal_data.RECRUITMENT.title,
        plainly=personal_data.RECRUITMENT.plainly,
        activity=personal_data.RECRUITMENT,
        months=RECRUITMENT_MONTHS,
        on_page=False,
        wordings={
            "nb": Wording(
                "Ja, dere kan bruke det jeg sender her til å vurdere meg til denne stillingen.",
                "Du kan trekke samtykket når du vil: med lenken i e-posten du får fra oss, eller på «Mine søknader». "
                "Da trekkes søknaden, og alt du har sendt blir slettet.",
            ),
            "en": Wording(
                "Yes, you may use what I send here to consider me for this position.",
                "You can withdraw this consent at any time: with the link in the e-mail you get from us, or on "
                "“My applications”. Your application is then withdrawn, and everything you have sent is erased.",
            ),
        },
    )
)
registry.purpose(
    Purpose(
        code=POOL,
        title=personal_data.TALENT_POOL.title,
        plainly=personal_data.TALENT_POOL.plainly,
        activity=personal_data.TALENT_POOL,
        months=POOL_MONTHS,
        on_page=False,
        wordings={
            "nb": Wording(
                "Ja, dere kan ta vare på navnet og e-postadressen min i 12 måneder og skrive til meg om andre "
                "stillinger.",
                "Dette er frivillig og påvirker ikke søknaden. Du kan trekke samtykket når du vil på «Mine søknader», "
                "og da sletter vi navnet og adressen.",
            ),
            "en": Wording(
                "Yes, you may keep my name and e-mail address for 12 months and write to me about other vacancies.",
                "This is voluntary and does not affect your application. You can withdraw this consent at any time on "
                "“My applications”, and we then erase your name and address.",
            ),
        },
    )
)


def ensure_consent_texts(*, by=None) -> None:
    """Publish the wordings of all questions; one that is live already stays the same version."""
    engine.publish_texts(by=by, codes=(RECRUITMENT, POOL, REFEREE, SPECIAL_ITEM))
