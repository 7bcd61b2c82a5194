"""One record on a page of its own: it is wrong, it should not be used, it should go (L11, L12, L13)."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from privacy import actions, queries, words
from privacy.actions.correction import own_row
from privacy.screens import sections
from privacy.screens.my_data import language, today
from privacy.screens.step_up import own_page, says_no
from privacy.screens.stops import GROUNDS, MOST_TEXT, in_force


class WrongForm(forms.Form):
    """Which facts are wrong, and what is right."""

    fields_wrong = forms.MultipleChoiceField(
        label=gettext_lazy("What is wrong?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Leave all open if something is missing."),
    )
    text = forms.CharField(
        label=gettext_lazy("What is right?"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what is right, or what is missing.")},
    )

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fields_wrong"].choices = choices


class RecordPauseForm(forms.Form):
    """Why this record should not be used; that it is wrong is said in the form above."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Why should we pause it?"),
        choices=[pair for pair in GROUNDS if pair[0] != "accuracy"],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the reason that fits best.")},
    )


class GoForm(forms.Form):
    """Why it should go, if the person wants to say."""

    text = forms.CharField(
        label=gettext_lazy("Anything we should know?"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


@own_page("GET", "HEAD", "POST")
@says_no
def record(request, label, key):
    """What one record says, and three things to do about it. Somebody else's, and our own bookkeeping, is not found."""
    subject = queries.subject_of(request.user)
    row = own_row(subject, label=label, key=key)
    group = queries.held_row(row, day=today(), language=language()) if row is not None else None
    if group is None or sections.is_bookkeeping(group):
        raise Http404
    do = request.POST.get("do") if request.method == "POST" else None
    filled = request.POST if do else None
    shown = {
        "wrong": WrongForm(filled if do == "wrong" else None, choices=_choices(group), prefix="wrong"),
        "pause": RecordPauseForm(filled if do == "pause" else None, prefix="pause"),
        "go": GoForm(filled if do == "go" else None, prefix="go"),
    }
    if do in shown and shown[do].is_valid():
        act, said = _ACTS[do]
        case = act(row, shown[do].cleaned_data, subject=subject, by=request.user)
        messages.success(request, said)
        return redirect("privacy:request", number=case.number)
    context = {
        "group": group,
        "record": group.records[0],
        "forms": shown,
        "wrong_form": shown.get(do),
        "is_paused": f"{group.label} {row.pk}" in in_force(subject).paused,
    }
    return render(request, "privacy/my_data/record.html", context)


def _choices(group) -> list[tuple[str, str]]:
    model = group.declaration.model
    return [
        (value.name, words.column_label(model, value.name, value.label))
        for value in group.records[0].values
        if value.category and not value.withheld
    ]


def _wrong(row, said, *, subject, by):
    return actions.contest(row, subject=subject, fields=said["fields_wrong"], text=said["text"], by=by)


def _pause(row, said, *, subject, by):
    return actions.pause(subject, ground=said["ground"], record=row, by=by)


def _go(row, said, *, subject, by):
    return actions.ask_to_delete(row, subject=subject, text=said["text"], by=by)


_ACTS = {
    "wrong": (_wrong, gettext_lazy("We check it. Until you have an answer nobody uses this record.")),
    "pause": (_pause, gettext_lazy("This record is kept and used for nothing else from now on.")),
    "go": (_go, gettext_lazy("Your request has come to us. Nothing is deleted yet.")),
}
