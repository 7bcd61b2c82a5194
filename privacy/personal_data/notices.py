"""Who was told of a new version of the notice, and who wants to be (N65, N66)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from privacy import registry
from privacy.declare import (
    OBSERVED,
    Category,
    Field,
    KeepFor,
    KeepUntilErased,
    MatchedBy,
    NotPersonal,
    PersonalData,
)
from privacy.models import FollowerProof, NoticeFollower, NoticeMail, SubjectIdentifier
from privacy.personal_data.activities import KEY, MESSAGES, PROOF, RIGHTS, STAMP


@registry.holds(NoticeMail)
class NoticeMailData(PersonalData):
    title = _("Changes of the privacy notice you were told about")
    activity = RIGHTS
    keep = KeepFor(months=36, since="queued_at", source="N66")
    evidence = PROOF
    order = "queued_at"
    fields = {
        "id": KEY,
        "version": NotPersonal("which version of the notice, the same for everyone", shown=True),
        "subject": KEY,
        "state": Field(Category.RIGHTS, scope=OBSERVED),
        "mail": KEY,
        "queued_at": Field(Category.RIGHTS, scope=OBSERVED),
        "settled_at": Field(Category.RIGHTS, scope=OBSERVED),
    }


@registry.holds(NoticeFollower)
class NoticeFollowerData(PersonalData):
    title = _("That you follow our privacy notice")
    activity = MESSAGES
    keep = KeepUntilErased(_("until you say that you no longer want to hear of changes"), source="N65")
    order = "since"
    fields = {
        "id": KEY,
        "subject": KEY,
        "email": Field(Category.EMAIL),
        "email_index": Field(Category.EMAIL, secret=True, shown=False),
        "language": Field(Category.LANGUAGE),
        "since": Field(Category.PREFERENCE, scope=OBSERVED),
    }


@registry.holds(FollowerProof)
class FollowerProofData(PersonalData):
    title = _("Sign-ups for changes of the notice that wait for a code")
    subject = MatchedBy(
        lambda ids: Q(email_index__in=SubjectIdentifier.objects.filter(subject__in=ids).values("index")),
        because="nobody is a person to us before the mailbox is proved",
    )
    activity = MESSAGES
    keep = KeepFor(days=1, since="created_at", source="N65")
    fields = {
        "id": KEY,
        "language": Field(Category.LANGUAGE),
        "email_index": Field(Category.EMAIL, secret=True, shown=False),
        "email_sealed": Field(Category.EMAIL, secret=True, shown=False),
        "code_hash": Field(Category.CREDENTIAL, secret=True, shown=False),
        "tries": STAMP,
        "used_at": STAMP,
        "created_at": Field(Category.PREFERENCE, scope=OBSERVED),
    }


registry.excuse(
    "privacy.NoticeVersion", because="Versions of the privacy notice; who made one is a key without a name."
)
registry.excuse("privacy.NoticeText", because="What the privacy notice says, the same for everyone.")
