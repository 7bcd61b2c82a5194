"""Who somebody is: number, addresses, keys, consents as they stand."""

from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import (
    ABOUT,
    OBSERVED,
    Category,
    Field,
    KeepUntilErased,
    KeepWith,
    NotPersonal,
    PersonalData,
)
from privacy.models import (
    ConsentState,
    DataSubject,
    PersonKey,
    SubjectIdentifier,
)
from privacy.personal_data.activities import KEY, RIGHTS, STAMP


@registry.holds(DataSubject)
class DataSubjectData(PersonalData):
    title = _("You, as we know you")
    subject = "pk"
    activity = RIGHTS
    keep = KeepUntilErased(_("as long as anything is held about you, then as an empty number"), source="L43")
    evidence = _("An empty number that what must be kept is tied to.")
    fields = {
        "id": NotPersonal("a random key", shown=True),
        "roles": Field(Category.DEALINGS, scope=OBSERVED),
        "language": Field(Category.LANGUAGE),
        "state": Field(Category.RIGHTS, scope=ABOUT),
        "proved_as": KEY,
        "created_at": Field(Category.DEALINGS, scope=OBSERVED),
    }


@registry.holds(SubjectIdentifier)
class SubjectIdentifierData(PersonalData):
    title = _("Addresses you have proved")
    activity = RIGHTS
    keep = KeepUntilErased(_("as long as anything is held about you"), source="L43")
    fields = {
        "id": KEY,
        "subject": KEY,
        "kind": NotPersonal("which sort of address it is", shown=True),
        "index": Field(Category.EMAIL, scope=OBSERVED, secret=True),
        "verified_at": Field(Category.LOGIN, scope=OBSERVED),
        "created_at": STAMP,
    }


@registry.holds(PersonKey)
class PersonKeyData(PersonalData):
    title = _("Keys your data is sealed with")
    activity = RIGHTS
    keep = KeepUntilErased(_("until your data is erased; then the key goes first"), source="T28")
    own_step = True
    fields = {
        "id": KEY,
        "subject": KEY,
        "compartment": NotPersonal("which part of the data it seals"),
        "wrapped": Field(Category.CREDENTIAL, scope=OBSERVED, secret=True, shown=False),
        "kek_id": NotPersonal("which house key wraps it"),
        "created_at": STAMP,
    }


@registry.holds(ConsentState)
class ConsentStateData(PersonalData):
    title = _("Your consents now")
    activity = RIGHTS
    keep = KeepWith("event", source="N37")
    fields = {
        "id": KEY,
        "subject": KEY,
        "purpose": Field(Category.PREFERENCE),
        "about": KEY,
        "state": Field(Category.PREFERENCE),
        "since": Field(Category.PREFERENCE, scope=OBSERVED),
        "valid_until": Field(Category.PREFERENCE, scope=OBSERVED),
        "reminded_on": STAMP,
        "event": KEY,
    }
