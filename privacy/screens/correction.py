"""Correcting one's own facts: what there is, and a form of the fields the declaration gives to the person (L11)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from privacy import actions, queries, registry
from privacy.actions.correction import editable_fields, own_row
from privacy.bag_documents import AUTHORITY
from privacy.screens import sections
from privacy.screens.my_data import language, today
from privacy.screens.step_up import own_page, says_no


@own_page("GET", "HEAD")
def correct_what(request):
    """Every record, those one may change oneself and those one may say something is wrong with."""
    about = queries.held_about(queries.subject_of(request.user), day=today(), language=language())
    context = {"sections": sections.sections(about), "authority": AUTHORITY}
    return render(request, "privacy/my_data/correct_what.html", context)


@own_page("GET", "HEAD", "POST")
@says_no
def correct(request, label, key):
    """One row, the fields its person may change. Somebody else's row, and one without such fields, is not found."""
    subject = queries.subject_of(request.user)
    row = _row(subject, label, key)
    declaration = registry.declaration_of(label)
    form = modelform_factory(type(row), fields=editable_fields(declaration))(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid() and _save(form, subject, label, key, by=request.user):
        messages.success(request, _("It is corrected, here and everywhere we use it."))
        return redirect("privacy:my-data")
    context = {
        "form": form,
        "title": declaration.title,
        "refused": request.method == "POST",
        "label": declaration.model._meta.label_lower,
        "key": key,
    }
    return render(request, "privacy/my_data/correct.html", context)


def _row(subject, label, key):
    row = own_row(subject, label=label, key=key)
    if row is None or not editable_fields(registry.declaration_of(label)):
        raise Http404
    return row


def _save(form, subject, label, key, *, by) -> bool:
    # The form has written into its own instance already; what is corrected is the row as it is stored.
    try:
        actions.correct_own(_row(subject, label, key), subject=subject, changes=form.cleaned_data, by=by)
    except ValidationError as problem:
        form.add_error(None, _("We could not store this: %(why)s") % {"why": " ".join(problem.messages)})
        return False
    return True
