"""Whether a text would tell the applicant who said it (L10). Pure."""

import re

_WORD = re.compile(r"[^\W\d_]{3,}|\d{5,}")


def names_the_referee(text: str, referee) -> bool:
    """Whether a name, the address or the phone number of the referee stands in the text.

    Words of the name count from three letters on; a phone number counts however it is spaced.
    """
    said = text.casefold()
    words = set(_WORD.findall(said))
    if words & set(_WORD.findall(referee.full_name.casefold())):
        return True
    if referee.email and referee.email.casefold() in said:
        return True
    number = re.sub(r"\D", "", referee.phone)[-8:]
    return len(number) == 8 and number in re.sub(r"\D", "", said)
