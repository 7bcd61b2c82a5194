"""The pages on which the office does what a case asks for: offered by right, once it is sure who asks (L7, L12-L16)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from privacy import actions, registry, words
from privacy.actions.request_fulfilment import is_copy_under_way, needs_letter_first
from privacy.actions.request_mail import account_of, proved_mailbox
from privacy.models import ConsentState, Objection, Restriction, SubjectRequest
from privacy.models.restriction import DIRECT_MARKETING
from privacy.rules.consent import WITHDRAWABLE
from privacy.screens.office_case_act import CaseAct
from privacy.screens.office_scope import today
from privacy.screens.stops import may_object
from privacy.templatetags.office_words import ground_words
from privacy.templatetags.privacy_words import day as in_words

Right = SubjectRequest.Right


class Fulfil(CaseAct):
    """An act that carries out one of ``for_rights`` for the person of the case."""

    for_rights: tuple = ()

    @classmethod
    def possible(cls, case, now, *, day):
        return case.right in cls.for_rights and not actions.obstacle(case) and cls.is_left(case)

    @classmethod
    def is_left(cls, case) -> bool:
        """Whether it has not been done yet, and can be."""
        return True


class BuildCopy(Fulfil):
    page_title = _("Make the copy")
    lead = _(
        "It is put together by itself. The person is told when it is ready and fetches it signed in; we never see it."
    )
    confirm_label = _("Make the copy")
    for_rights = (Right.ACCESS, Right.PORTABILITY)

    @classmethod
    def is_left(cls, case):
        return not is_copy_under_way(case) and has_page(case)

    def act(self, form):
        actions.build_copy_for(self.case, by=self.request.user)
        return _("The copy is being put together. It answers the case when it is ready.")


class Statement(Fulfil):
    """Access for who has no mailbox: what is held, in words, on paper."""

    page_title = _("Answer by letter with what we hold")
    lead = _("They have no page to fetch a copy on. Make sure that the postal address is theirs before you post it.")
    # Nothing is typed, but what goes out is read first.
    form_class = forms.Form
    confirm_label = _("Write the letter")
    is_mailed = True
    for_rights = (Right.ACCESS,)

    @classmethod
    def is_left(cls, case):
        return not has_page(case)

    def act(self, form):
        actions.answer_by_letter(self.case, by=self.request.user)
        return _("The answer lies in the case: print and post it.")


def has_page(case) -> bool:
    """Whether the person can sign in, or will be able to with a mailbox they have proved."""
    return account_of(case) is not None or bool(proved_mailbox(case))


class ReadForm(forms.Form):
    confirm = forms.BooleanField(
        label=_("I have read what goes and what stays."),
        error_messages={"required": _("Read the plan and tick the box. Nothing has been deleted.")},
    )


class Erase(Fulfil):
    """The plan first, as the person would see it, then the order."""

    template_name = "privacy/office/erase.html"
    page_title = _("Carry out the erasure")
    lead = _("This cannot be undone. What must stay is locked away, and whoever received something becomes a task.")
    form_class = ReadForm
    confirm_label = _("Delete it")
    danger = True
    for_rights = (Right.ERASURE,)

    @classmethod
    def is_left(cls, case):
        return case.erasure_id is None and not needs_letter_first(case)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**plan_of(self.case), **kwargs)

    def act(self, form):
        actions.erase_for(self.case, by=self.request.user)
        return _("The erasure is ordered. It answers the case when it is carried out.")


class EraseLetter(Fulfil):
    """Who has no mailbox reads of the erasure on paper, and before it: afterwards nobody knows their address."""

    template_name = "privacy/office/erase.html"
    page_title = _("Write the letter about the erasure")
    lead = _("This person has no e-mail address, and the postal one goes with the rest. Post the letter, then delete.")
    confirm_label = _("Write the letter")
    for_rights = (Right.ERASURE,)

    @classmethod
    def is_left(cls, case):
        return case.erasure_id is None and needs_letter_first(case)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**plan_of(self.case), **kwargs)

    def act(self, form):
        actions.write_erasure_letter(self.case, by=self.request.user)
        return _("The letter lies in the case. Print and post it; then the erasure can be ordered.")


def plan_of(case) -> dict:
    """{"plan", "plan_gone"}: what the erasure would do; the sentence instead when its one record is not there."""
    try:
        return {"plan": actions.erasure_plan_for(case, day=today())}
    except actions.RequestRefused as gone:
        return {"plan": None, "plan_gone": str(gone)}


class GroundForm(forms.Form):
    ground = forms.ChoiceField(
        label=_("Why they want it paused"),
        choices=[(each, ground_words(each)) for each in Restriction.Ground.values if each != "objection"],
        widget=forms.RadioSelect,
    )


class Restrict(Fulfil):
    page_title = _("Pause the use")
    lead = _("From now on it is stored and used for nothing else, until the person has been told of the end.")
    form_class = GroundForm
    confirm_label = _("Pause it and tell the person")
    is_mailed = True
    for_rights = (Right.RESTRICTION,)

    def facts(self):
        label = self.case.about_model
        what = f"{words.model_title(label)} {self.case.about_pk[:8]}" if label else _("everything about this person")
        return [(_("What stands still"), what)]

    def act(self, form):
        actions.restrict_for(self.case, **form.cleaned_data, by=self.request.user)
        return _("Paused, and the person is told.")


class ActivityForm(forms.Form):
    activity = forms.ChoiceField(label=_("To what they object"), widget=forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        others = [each for each in registry.activities() if may_object(each)]
        marketing = (DIRECT_MARKETING, _("Marketing, in every channel"))
        self.fields["activity"].choices = [marketing, *((each.code, each.title) for each in others)]


class ObjectTo(Fulfil):
    page_title = _("Stop the use")
    lead = _("Marketing stops for good. Any other use stands still from now on, until the objection is decided.")
    form_class = ActivityForm
    confirm_label = _("Stop it and tell the person")
    is_mailed = True
    for_rights = (Right.OBJECTION,)

    @classmethod
    def is_left(cls, case):
        return not case.objections.filter(state=Objection.State.OPEN).exists()

    def get_initial(self):
        return {"activity": self.case.activity}

    def act(self, form):
        actions.object_for(self.case, **form.cleaned_data, by=self.request.user)
        return _("Stopped. What has to be weighed stands below.")


def consents_left(case):
    """The consents of this person that can be taken back, under every record of theirs."""
    states = ConsentState.objects.filter(subject__in=case.subject.group(), state__in=WITHDRAWABLE)
    return states.order_by("purpose", "-since", "pk")


class Withdraw(Fulfil):
    page_title = _("Take the consent back")
    lead = _("It counts from now on, and what rested on this consent alone is deleted.")
    confirm_label = _("Take it back and tell the person")
    is_mailed = True
    for_rights = (Right.WITHDRAWAL,)

    @classmethod
    def is_left(cls, case):
        return consents_left(case).exists()

    def get_form(self, data=None, files=None):
        choices = [
            (str(each.pk), f"{words.purpose_title(each.purpose)}, {in_words(each.since)}")
            for each in consents_left(self.case)
        ]
        form = forms.Form(data, files)
        form.fields["consent"] = forms.ChoiceField(label=_("Which consent"), choices=choices, widget=forms.RadioSelect)
        return form

    def act(self, form):
        state = consents_left(self.case).get(pk=form.cleaned_data["consent"])
        actions.withdraw_for(self.case, purpose=state.purpose, about=state.about, by=self.request.user)
        return _("Taken back, and the person is told.")


FULFIL = {
    "copy": BuildCopy,
    "statement": Statement,
    "erase": Erase,
    "erase-letter": EraseLetter,
    "restrict": Restrict,
    "object": ObjectTo,
    "withdraw": Withdraw,
}
