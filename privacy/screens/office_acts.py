"""What the office does with a case: each act its own page, offered only where the case's state allows it (L1 to L7)."""

from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from privacy import actions, queries
from privacy.queries.office_cases import proposal_of
from privacy.rules import requests as rules
from privacy.rules.request_reasons import NEEDS_APPROVAL
from privacy.screens import office_forms as forms
from privacy.screens.office_case_act import CaseAct, can_reach, where
from privacy.screens.office_correct import CorrectWhat
from privacy.screens.office_fulfil import FULFIL
from privacy.screens.office_scope import today
from privacy.templatetags.office_words import reason_words


class Acknowledge(CaseAct):
    page_title = _("Confirm receipt")
    lead = _("The person is told that the request has arrived, its number, and until when we answer.")
    confirm_label = _("Confirm receipt")

    @classmethod
    def possible(cls, case, now, *, day):
        return case.state == rules.RECEIVED

    def act(self, form):
        actions.acknowledge(self.case, by=self.request.user)
        return _("Receipt is confirmed.")


class TakeUp(CaseAct):
    page_title = _("Begin the work")
    lead = _("From now on the case counts as being worked on.")
    confirm_label = _("Begin")

    @classmethod
    def possible(cls, case, now, *, day):
        return case.state in {rules.ACKNOWLEDGED, rules.REOPENED} | rules.PENDING

    def act(self, form):
        actions.take_up(self.case, by=self.request.user)
        return _("The case is being worked on.")


class Ask(CaseAct):
    page_title = _("Ask the person")
    lead = _("The legal date stays as it is while we wait. The date with the days of waiting is only shown beside it.")
    form_class = forms.AskForm
    confirm_label = _("Send the question")
    is_mailed = True

    @classmethod
    def possible(cls, case, now, *, day):
        return case.state not in rules.PENDING and can_reach(now, rules.IDENTITY_PENDING)

    def act(self, form):
        actions.ask(self.case, **form.cleaned_data, by=self.request.user)
        return _("The question is on its way.")


class Reply(CaseAct):
    page_title = _("Record a reply")
    form_class = forms.ReplyForm
    confirm_label = _("Save the reply")

    @classmethod
    def possible(cls, case, now, *, day):
        return case.is_open

    def get_initial(self):
        return {"channel": "letter" if self.case.channel == "letter" else "email"}

    def act(self, form):
        actions.receive_reply(self.case, **form.cleaned_data, by=self.request.user)
        return _("The reply is saved, and the work goes on.")


class Prove(CaseAct):
    page_title = _("The identity is made sure")
    lead = _("Make sure in the lightest way that is safe enough. Keep no copy of an identity document.")
    form_class = forms.ProveForm
    confirm_label = _("Save")

    @classmethod
    def possible(cls, case, now, *, day):
        return case.is_open and case.identity in (case.Identity.UNPROVED, case.Identity.MAILBOX)

    def act(self, form):
        actions.prove_identity(self.case, **form.cleaned_data, by=self.request.user)
        return _("Saved: the identity is made sure.")


class Extend(CaseAct):
    page_title = _("Take more time")
    lead = _("Possible once, before the first date has passed. The answer is then due three months after the receipt.")
    form_class = forms.ExtendForm
    confirm_label = _("Extend and send")
    is_mailed = True

    @classmethod
    def possible(cls, case, now, *, day):
        return day <= case.due_on and can_reach(now, rules.EXTENDED)

    def act(self, form):
        actions.extend(self.case, **form.cleaned_data, by=self.request.user)
        return _("The time is extended, and the person is told why.")


class Answer(CaseAct):
    page_title = _("Answer")
    form_class = forms.AnswerForm
    confirm_label = _("Send the answer")
    is_mailed = True

    @classmethod
    def possible(cls, case, now, *, day):
        return can_reach(now, rules.FULFILLED)

    def facts(self):
        # To say that it is done does not do it.
        left = [act.page_title for act in DOES.values() if act.possible(self.case, where(self.case), day=today())]
        return [(_("Not carried out yet"), ", ".join(map(str, left)))] if left else []

    def needs_colleague(self, said) -> bool:
        return said["outcome"] == rules.REFUSED and said["reason_code"] in NEEDS_APPROVAL

    def act(self, form):
        said = form.cleaned_data
        if self.needs_colleague(said):
            actions.propose_refusal(self.case, reason_code=said["reason_code"], text=said["text"], by=self.request.user)
            return _("The refusal is put before a colleague. Nothing has been sent.")
        actions.answer(self.case, **said, by=self.request.user)
        return _("The answer is given.")


class Approve(CaseAct):
    """The second person: reads what a colleague proposed, and sends exactly that or leaves it (L6)."""

    page_title = _("Approve the refusal")
    lead = _("It is for us to show that a request is without ground or excessive. If you doubt it, go back and answer.")
    confirm_label = _("Approve and send")
    danger = True

    @classmethod
    def possible(cls, case, now, *, day):
        return can_reach(now, rules.REFUSED)

    def is_possible(self):
        return super().is_possible() and may_approve(self.proposal(), self.request.user)

    def proposal(self):
        return proposal_of(queries.request_page(self.case))

    def facts(self):
        proposal = self.proposal()
        return [
            (_("Proposed by"), proposal.by.get_full_name() or proposal.by.email),
            (_("Reason"), reason_words(proposal.reason_code)),
            (_("The answer"), linebreaksbr(proposal.text, autoescape=True)),
        ]

    def act(self, form):
        proposal = self.proposal()
        if not may_approve(proposal, self.request.user):
            raise actions.RequestRefused(_("Nothing waits here for your approval. Nothing was sent."))
        actions.answer(
            self.case,
            outcome=rules.REFUSED,
            reason_code=proposal.reason_code,
            text=proposal.text,
            by=proposal.by,
            approved_by=self.request.user,
        )
        return _("The refusal is approved and sent.")


class TakeBack(CaseAct):
    page_title = _("The person takes it back")
    lead = _("Only when the person has said so. Nothing more is done with the request.")
    confirm_label = _("They have taken it back")

    @classmethod
    def possible(cls, case, now, *, day):
        return can_reach(now, rules.WITHDRAWN)

    def act(self, form):
        actions.take_back(self.case, by=self.request.user)
        return _("Noted: the request is taken back.")


class Reopen(CaseAct):
    page_title = _("Open the case again")
    lead = _("When the person comes back with something new. A new month counts from that day.")
    form_class = forms.ReopenForm
    confirm_label = _("Open it again")

    @classmethod
    def possible(cls, case, now, *, day):
        return can_reach(now, rules.REOPENED)

    def act(self, form):
        actions.reopen(self.case, **form.cleaned_data, by=self.request.user)
        return _("The case is open again.")


class Close(CaseAct):
    page_title = _("Close the case")
    lead = _("The answer must have been sent, and every recipient told or marked as one who could not be told.")
    confirm_label = _("Close it")

    @classmethod
    def possible(cls, case, now, *, day):
        return case.state in rules.ANSWERED

    def act(self, form):
        actions.close(self.case, by=self.request.user)
        return _("The case is closed. It is kept for three years as proof, without words.")


DOES = FULFIL | {"correct": CorrectWhat}
ACTS = {
    "acknowledge": Acknowledge,
    "approve": Approve,
    "take-up": TakeUp,
    **DOES,
    "answer": Answer,
    "close": Close,
    "reopen": Reopen,
    "reply": Reply,
    "ask": Ask,
    "identity": Prove,
    "extend": Extend,
    "take-back": TakeBack,
}


def may_approve(proposal, user) -> bool:
    """Whether a refusal waits and this member of staff is another one than who proposed it."""
    return proposal is not None and proposal.by != user


def acts_for(page, *, user, day) -> list[dict]:
    """{"label", "url", "first"}: the acts possible where the case stands now, the one that leads on first."""
    case, now = page.request, page.whole.projection
    names = [name for name, act in ACTS.items() if act.possible(case, now, day=day)]
    if not may_approve(page.proposal, user) and "approve" in names:
        names.remove("approve")
    if case.state in rules.PENDING:
        names.sort(key=lambda name: name != "reply")
    return [
        {
            "label": ACTS[name].page_title,
            "url": reverse(f"privacy-request-{name}", args=[case.pk]),
            "first": name == names[0],
        }
        for name in names
    ]
