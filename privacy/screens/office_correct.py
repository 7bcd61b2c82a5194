"""The pages on which the office corrects a record of the person of a case: which one, then its facts (L11)."""

from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from privacy import actions, queries, registry, words
from privacy.actions.correction import own_row
from privacy.actions.request_corrections import correctable_fields
from privacy.models import SubjectRequest
from privacy.screens.office_fulfil import Fulfil
from privacy.screens.office_scope import today


class CorrectWhat(Fulfil):
    """Every record of the person that the office may correct; the one the case is about comes first."""

    template_name = "privacy/office/correct_what.html"
    page_title = _("Correct a record")
    lead = _("Choose the record that is wrong.")
    http_method_names = ["get", "head"]
    for_rights = (SubjectRequest.Right.CORRECTION,)

    def records(self) -> list[dict]:
        about = queries.held_about(self.case.subject, day=today(), language=self.request.LANGUAGE_CODE)
        found = [
            {
                "title": group.title,
                "heading": record.heading,
                "key": record.key,
                "is_meant": (group.label, record.key) == (self.case.about_model.lower(), self.case.about_pk),
                "url": reverse("privacy-request-correct-row", args=[self.case.pk, group.label, record.key]),
            }
            for group in about.groups
            if correctable_fields(group.declaration)
            for record in group.records
        ]
        return sorted(found, key=lambda each: not each["is_meant"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(records=self.records(), **kwargs)


class CorrectRow(Fulfil):
    """The facts of one record as a form. Somebody else's, and one the office may not correct, is not found."""

    page_title = _("Correct a record")
    lead = _("Change what is wrong. The person is told which facts were changed, and whoever received them is a task.")
    confirm_label = _("Correct it and tell the person")
    is_mailed = True
    for_rights = (SubjectRequest.Right.CORRECTION,)

    @cached_property
    def fields(self) -> list[str]:
        return correctable_fields(registry.declaration_of(type(self.row())))

    def row(self):
        row = own_row(self.case.subject, label=self.kwargs["label"], key=self.kwargs["key"])
        if row is None or not correctable_fields(registry.declaration_of(type(row))):
            raise Http404
        return row

    def get(self, request, *args, **kwargs):
        row = self.row()
        if request.method == "GET" and self.is_possible():
            actions.note_read(row, by=request.user)
        return super().get(request, *args, **kwargs)

    def get_form(self, data=None, files=None):
        row = self.row()
        form = modelform_factory(type(row), fields=self.fields)(data, files, instance=row)
        for name, field in form.fields.items():
            field.label = words.column_label(type(row), name, field.label)
        return form

    def facts(self):
        row = self.row()
        wrong = ", ".join(words.field_title(name, self.case.about_model) for name in self.case.about_fields)
        return [
            (_("Record"), f"{words.model_title(row._meta.label)} {str(row.pk)[:8]}"),
            *([(_("What they say is wrong"), wrong)] if wrong else []),
        ]

    def act(self, form):
        # The form has written into its own instance already; what is corrected is the row as it is stored.
        try:
            actions.correct_for(self.case, row=self.row(), changes=form.cleaned_data, by=self.request.user)
        except ValidationError as problem:
            why = " ".join(problem.messages)
            raise actions.RequestRefused(say("We could not store this: %(why)s") % {"why": why}) from None
        return _("Corrected, and the person is told.")
