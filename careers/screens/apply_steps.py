"""The steps of an application: what each asks, and what is kept of what was filled in."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from careers import actions, queries
from careers.screens.forms import AnswersForm, DetailsForm, DocumentsForm

DETAILS, QUESTIONS, DOCUMENTS, CHECK, SEND = "details", "questions", "documents", "check", "send"
NAMES = {
    DETAILS: _("Who you are"),
    QUESTIONS: _("Questions"),
    DOCUMENTS: _("CV and letter"),
    CHECK: _("Check"),
    SEND: _("Send"),
}


@dataclass(frozen=True)
class Walk:
    """One vacancy's steps in their order; without questions there is one less."""

    page: object
    questions: list

    @property
    def steps(self) -> list[str]:
        return [step for step in NAMES if step != QUESTIONS or self.questions]

    def address(self, step: str) -> str:
        """Where a step is filled in."""
        return f"{self.page.url}apply/" if step == DETAILS else f"{self.page.url}apply/{step}/"

    def after(self, step: str) -> str:
        return self.steps[self.steps.index(step) + 1]

    def before(self, step: str) -> str:
        return self.steps[self.steps.index(step) - 1]

    def bar(self, step: str) -> list[dict]:
        """The steps for the bar above the form: name, whether it is done, whether it is this one."""
        here = self.steps.index(step)
        return [
            {"name": NAMES[each], "is_done": place < here, "is_here": place == here}
            for place, each in enumerate(self.steps)
        ]


def walk(page) -> Walk:
    """The steps of one vacancy."""
    return Walk(page, queries.questions_of(page.reference))


def form_for(step: str, way: Walk, draft, *, data=None, files=None, user=None):
    """The form of a step, filled with what the draft holds."""
    if step == DETAILS:
        return DetailsForm(data, initial=_details(draft, user))
    if step == QUESTIONS:
        given = {str(each.pk): actions.answered(draft, each) for each in way.questions}
        return AnswersForm(data, questions=way.questions, language=way.page.locale.language_code, initial=given)
    initial = {"message": draft.message, "links": draft.links}
    return DocumentsForm(data, files, initial=initial, kept=files_of(draft), cv_required=way.page.cv_required)


def keep(step: str, way: Walk, draft, form, *, user):
    """Keep what is right in a posted form; the first page that is right begins the draft. Returns it, or None.

    Raises NotPossible with a sentence.
    """
    said = form.cleaned_data
    if draft is None:
        return None if form.errors else actions.start_draft(way.page, said=said, user=user, by=user)
    if step == DETAILS:
        return actions.save_draft(draft, vacancy=way.page, said=said, by=user)
    if step == QUESTIONS:
        language = way.page.locale.language_code
        answers = draft.answers | actions.answers_to_keep(way.questions, form.answers, language)
        for key, raw in form.answers.items():
            if not raw:
                answers.pop(key, None)
        return actions.save_draft(draft, vacancy=way.page, said={"answers": answers}, by=user)
    texts = {name: said[name] for name in ("message", "links") if name in said}
    draft = actions.save_draft(draft, vacancy=way.page, said=texts, by=user)
    for kind in form.drops:
        actions.remove_draft_file(draft, kind=kind, by=user)
    for kind, checked in form.uploads.items():
        actions.attach_to_draft(draft, kind=kind, checked=checked, by=user)
    return draft


def summary(way: Walk, draft) -> dict:
    """What will be sent, for the page where it is checked, and what is still missing."""
    answers = [(each.text(way.page.locale.language_code), _said(draft, each), each) for each in way.questions]
    missing = [text for text, said, each in answers if each.required and not said]
    return {
        "answers": [(text, said) for text, said, _each in answers],
        "links": draft.links.splitlines(),
        "lacks_answers": missing,
        "lacks_cv": way.page.cv_required and "cv" not in files_of(draft),
    }


def files_of(draft) -> dict:
    """The stored files of a draft by kind."""
    return actions.files_of(draft) if draft is not None else {}


def _said(draft, question) -> str:
    return draft.answers[str(question.pk)]["answer"] if actions.answered(draft, question) else ""


def _details(draft, user) -> dict:
    if draft is not None:
        return {"full_name": draft.full_name, "email": draft.email, "phone": draft.phone}
    return {"email": user.email} if user is not None else {}
