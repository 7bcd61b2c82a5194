"""Walking through an application as a browser without script does: each form as the page shows it."""

from django.utils.timezone import localtime

from careers import actions
from careers.models import ApplicationDraft, Hiring
from privacy import actions as engine
from tests.careers import factories
from tests.trips.visitor import Reader

DETAILS = {"full_name": "Ingrid Prøve", "email": "ingrid@soker.example", "phone": ""}
LETTER = "Jeg har skiftet mange dyser."


def address(page, step=""):
    return f"{page.url}apply/{step + '/' if step else ''}"


def fields(client, page, step=""):
    """What the form of a step holds as it is shown."""
    forms = Reader(client.get(address(page, step)).content.decode()).forms
    return next(form["fields"] for form in forms if any(button["name"] == "go" for button in form["buttons"]))


def send(client, page, step="", go="next", **said):
    """Press a button of a step, with its fields as they are shown and what is said; None takes a field out."""
    values = {**fields(client, page, step), "go": go, **said}
    return client.post(address(page, step), {name: value for name, value in values.items() if value is not None})


def written(client, page, *, cv=True, details=None, **documents):
    """Everything up to the page where it is checked."""
    assert send(client, page, **{**DETAILS, **(details or {})}).status_code == 302
    files = {"cv": factories.upload()} if cv else {}
    answer = send(client, page, "documents", message=LETTER, **files, **documents)
    assert answer.status_code == 302 and answer.url == address(page, "check")


def sent(client, page, *, cv=True, details=None, **consents):
    """The whole walk; the answer to the last button."""
    written(client, page, cv=cv, details=details)
    return send(client, page, "send", **{"consent": "on", **consents})


def ask(page, kind="text", nb="Hva kan du?", en="What can you do?", by=None, **values):
    """A question of this vacancy."""
    hiring = Hiring.objects.of(page)
    return actions.add_question(hiring, kind=kind, text_nb=nb, text_en=en, by=by, **{"required": False, **values})


def draft(page, user=None, **said) -> ApplicationDraft:
    """A draft made by the act itself."""
    return actions.start_draft(page, said={**DETAILS, **said}, user=user, by=user)


def submit(draft, page, *, pool=False, minor=False, user=None):
    """The draft sent by the act itself, in the language of the page."""
    language = page.locale.language_code
    return actions.submit_draft(
        draft,
        vacancy=page,
        consent_text=engine.text_for(actions.RECRUITMENT, language),
        talent_pool_text=engine.text_for(actions.POOL, language) if pool else None,
        minor=minor,
        user=user,
        by=user,
    )


def day_of(moment):
    """The Oslo date of a moment."""
    return localtime(moment).date()
