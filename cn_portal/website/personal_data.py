"""What the website and Wagtail hold about people: only about colleagues who edit. Everything else is excused, in words.

Who did something to a page is an actor: the column is emptied when that colleague is erased, and the page stays.
"""

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop

from privacy import registry
from privacy.declare import (
    OBSERVED,
    Activity,
    Actor,
    Basis,
    Category,
    Field,
    KeepFor,
    KeepWith,
    NotPersonal,
    PersonalData,
)

EDITING = registry.activity(
    Activity(
        code="website-editing",
        title=_("Editing the website"),
        plainly=_(
            "So that colleagues who write for the website do not overwrite each other, and can talk about a page."
        ),
        purpose="dpv:OrganisationGovernance",
        basis=Basis.LEGITIMATE_INTEREST,
        interest=_("Keeping a website that several colleagues write for in order."),
        necessity=_("Without a name on a change, nobody knows whom to ask before writing over it."),
        balance=_("Colleagues expect to see who wrote what. It is about their work and stays inside the house."),
        safeguards=_("Only editors see it, it judges nobody, and the name is taken out when a colleague is erased."),
        notice=("N63",),
        subjects=("staff",),
    )
)
NUMBER = NotPersonal("a running number")
WHOSE = NotPersonal("points at the account, which is declared by itself")
WHICH = NotPersonal("which page or other object it is about")
PLACE = NotPersonal("where on the page it stands")


@registry.holds("wagtailadmin.EditingSession")
class EditingSessionData(PersonalData):
    title = _("Pages you have open in the editor")
    subject = "user__subject"
    activity = EDITING
    keep = KeepFor(days=1, since="last_seen_at", source=noop("N63: no longer than it warns a colleague"))
    fields = {
        "id": NUMBER,
        "user": WHOSE,
        "content_type": WHICH,
        "object_id": WHICH,
        "last_seen_at": Field(Category.DEALINGS, scope=OBSERVED),
        "is_editing": Field(Category.DEALINGS, scope=OBSERVED),
    }


@registry.holds("wagtailadmin.FormState")
class FormStateData(PersonalData):
    title = _("What you last previewed in the editor")
    subject = "user__subject"
    activity = EDITING
    keep = KeepFor(days=7, since="last_updated_at", source=noop("N63: long enough to pick the work up again"))
    fields = {
        "id": NUMBER,
        "data": Field(Category.UPLOAD),
        "user": WHOSE,
        "content_type": WHICH,
        "object_id": WHICH,
        "parent_object_id": WHICH,
        "last_updated_at": Field(Category.DEALINGS, scope=OBSERVED),
    }


@registry.holds("wagtailcore.Comment")
class CommentData(PersonalData):
    title = _("Comments on pages")
    subject = "user__subject"
    activity = EDITING
    keep = KeepFor(months=24, since="updated_at", source=noop("N54: while the page may be worked on"))
    fields = {
        "id": NUMBER,
        "page": WHICH,
        "user": WHOSE,
        "text": Field(Category.FEEDBACK),
        "contentpath": PLACE,
        "position": PLACE,
        "created_at": Field(Category.DEALINGS, scope=OBSERVED),
        "updated_at": Field(Category.DEALINGS, scope=OBSERVED),
        "revision_created": WHICH,
        "resolved_at": NotPersonal("when the comment was dealt with"),
        "resolved_by": Actor(),
    }


@registry.holds("wagtailcore.CommentReply")
class CommentReplyData(PersonalData):
    title = _("Answers to comments on pages")
    subject = "user__subject"
    activity = EDITING
    keep = KeepWith("comment", source=noop("N54: with the comment it answers"))
    fields = {
        "id": NUMBER,
        "comment": WHICH,
        "user": WHOSE,
        "text": Field(Category.FEEDBACK),
        "created_at": Field(Category.DEALINGS, scope=OBSERVED),
        "updated_at": Field(Category.DEALINGS, scope=OBSERVED),
    }


@registry.holds("wagtailcore.PageSubscription")
class PageSubscriptionData(PersonalData):
    title = _("Pages you follow")
    subject = "user__subject"
    activity = EDITING
    keep = KeepWith("user", source=noop("N63: as long as the account"))
    fields = {
        "id": NUMBER,
        "user": WHOSE,
        "page": WHICH,
        "comment_notifications": Field(Category.PREFERENCE),
    }


@registry.holds("wagtailusers.UserProfile")
class UserProfileData(PersonalData):
    title = _("Your settings in the editor")
    subject = "user__subject"
    activity = EDITING
    keep = KeepWith("user", source=noop("N63: as long as the account"))
    fields = {
        "id": NUMBER,
        "user": WHOSE,
        "submitted_notifications": Field(Category.PREFERENCE),
        "approved_notifications": Field(Category.PREFERENCE),
        "rejected_notifications": Field(Category.PREFERENCE),
        "updated_comments_notifications": Field(Category.PREFERENCE),
        "preferred_language": Field(Category.LANGUAGE),
        "current_time_zone": Field(Category.PREFERENCE),
        "avatar": NotPersonal("pictures of staff are switched off, so it is always empty"),
        "dismissibles": Field(Category.PREFERENCE),
        "theme": Field(Category.PREFERENCE),
        "contrast": Field(Category.PREFERENCE),
        "density": Field(Category.PREFERENCE),
        "keyboard_shortcuts": Field(Category.PREFERENCE),
    }


BY_USER = {"user": Actor()}
UPLOADED = {"uploaded_by_user": Actor()}
PAGE_ACTORS = {"owner": Actor(), "locked_by": Actor()}
NO_PEOPLE = "Pages say something about machines, materials and the company; no field is for a person."
LOG = "Labels are page titles or pseudonymous headings, and changes name fields, never values; who acted is an actor."

EXCUSES = {
    "website.ControllerSettings": "The company's own name, address and role; a role is written, never a person's name.",
    "wagtailcore.Site": "Host names of the website and which page is first.",
    "wagtailcore.Locale": "The languages the website is written in.",
    "wagtailcore.Collection": "Names of folders for pictures and documents.",
    "wagtailcore.CollectionViewRestriction": "Which folders are closed; shared passwords are switched off.",
    "wagtailcore.PageViewRestriction": "Which pages are closed; shared passwords are switched off.",
    "wagtailcore.GroupCollectionPermission": "Rights of a role to a folder, never of a person.",
    "wagtailcore.GroupPagePermission": "Rights of a role to pages, never of a person.",
    "wagtailcore.GroupSitePermission": "Rights of a role to site settings, never of a person.",
    "wagtailcore.Workflow": "Names of the ways a page is approved.",
    "wagtailcore.WorkflowContentType": "Which kinds of object follow which way of approval.",
    "wagtailcore.WorkflowPage": "Which pages follow which way of approval.",
    "wagtailcore.WorkflowTask": "Which steps a way of approval has.",
    "wagtailcore.Task": "Names of the steps of approval.",
    "wagtailcore.GroupApprovalTask": "Which roles may approve a step.",
    "wagtailcore.ReferenceIndex": "Which object links to which, by number.",
    "wagtailimages.Rendition": "Scaled copies of pictures of equipment and premises.",
    "wagtailembeds.Embed": "Empty: nothing from other sites may be embedded.",
    "wagtailredirects.Redirect": "Old and new addresses of public pages.",
    "wagtailadmin.Admin": "Carries a permission and has no rows.",
    "simple_translation.SimpleTranslation": "Carries a permission and has no rows.",
    "taggit.Tag": "Words that sort pictures and documents of equipment.",
    "taggit.TaggedItem": "Which picture or document has which word.",
    "contenttypes.ContentType": "Names of the models of the system.",
    "auth.Permission": "Names of what a role may do.",
    "auth.Group": "Names of roles; who has one is declared with the account.",
}
EXCUSES_WITH_ACTORS = {
    "wagtailcore.Page": (NO_PEOPLE, PAGE_ACTORS),
    "wagtailcore.Revision": ("Earlier versions of pages, which hold no people; who wrote is an actor.", BY_USER),
    "wagtailcore.PageLogEntry": (LOG, BY_USER),
    "wagtailcore.ModelLogEntry": (LOG, BY_USER),
    "wagtailcore.WorkflowState": ("How far a page has come in its approval.", {"requested_by": Actor()}),
    "wagtailcore.TaskState": ("One step of approval with a remark about the page.", {"finished_by": Actor()}),
    "wagtailcore.UploadedFile": ("Files waiting to become pictures or documents of the site.", UPLOADED),
    "wagtailimages.Image": (
        "Pictures of equipment, drawings and premises; editors are told to use no picture of a person here.",
        UPLOADED,
    ),
    "wagtaildocs.Document": (
        "Data sheets and manuals for everybody; people's files have a private store of their own.",
        UPLOADED,
    ),
}

for _label, _because in EXCUSES.items():
    registry.excuse(_label, because=_because)
for _label, (_because, _actors) in EXCUSES_WITH_ACTORS.items():
    registry.excuse(_label, because=_because, actors=_actors)
for _page in apps.get_app_config("website").get_models():
    if hasattr(_page, "url_path"):
        registry.excuse(_page, because=NO_PEOPLE, actors=PAGE_ACTORS)
# The tables of the search index differ between SQLite and PostgreSQL.
for _index in apps.get_app_config("wagtailsearch").get_models():
    registry.excuse(_index, because="Words of public pages, pictures and documents, which hold no people.")
