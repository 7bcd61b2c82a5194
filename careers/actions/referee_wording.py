"""Two questions that are asked one by one: may we ask this referee, and shall this private fact stay (N32, T7)."""

from careers.personal_data import meetings as declared
from privacy import registry
from privacy.consenting import Purpose, Wording
from privacy.declare import Category

REFEREE = "referee-contact"
SPECIAL_ITEM = "special-category-item"
MONTHS = 12

registry.purpose(
    Purpose(
        code=REFEREE,
        title=declared.REFEREE_CONTACT.title,
        plainly=declared.REFEREE_CONTACT.plainly,
        activity=declared.REFEREE_CONTACT,
        months=MONTHS,
        on_page=False,
        wordings={
            "nb": Wording(
                "Ja, dere kan kontakte denne referansen og spørre om meg til denne stillingen.",
                "Dette er frivillig og gjelder bare denne ene. Du kan trekke samtykket når du vil på siden om søknaden "
                "din. Da sletter vi navnet, adressen og det referansen har sagt.",
            ),
            "en": Wording(
                "Yes, you may contact this referee and ask about me for this position.",
                "This is voluntary and only about this one. You can withdraw the consent at any time on the page about "
                "your application. We then erase the name, the address and what the referee said.",
            ),
        },
    )
)
registry.purpose(
    Purpose(
        code=SPECIAL_ITEM,
        title=declared.SPECIAL_ITEM.title,
        plainly=declared.SPECIAL_ITEM.plainly,
        activity=declared.SPECIAL_ITEM,
        months=MONTHS,
        on_page=False,
        facts=(Category.APPLICATION, Category.UPLOAD),
        wordings={
            "nb": Wording(
                "Ja, jeg samtykker uttrykkelig til at dere leser og oppbevarer de private opplysningene (for eksempel "
                "om helse) i akkurat dette dokumentet, for denne søknaden.",
                "Det er frivillig, og ingen trenger slike opplysninger for å vurdere deg. Du kan trekke samtykket når "
                "du vil på siden om søknaden din, og da sletter vi dokumentet.",
            ),
            "en": Wording(
                "Yes, I explicitly agree that you read and keep the private facts (about health, say) in exactly this "
                "document, for this application.",
                "This is voluntary, and nobody needs such facts to consider you. You can withdraw the consent at any "
                "time on the page about your application, and we then erase the document.",
            ),
        },
    )
)
