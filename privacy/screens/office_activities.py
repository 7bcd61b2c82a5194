"""The record of processing and the data map, to read, print and take along (Art 30, L31, N3, N60)."""

import csv

from django import forms
from django.http import HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.widgets.button import HeaderButton

from privacy import registry
from privacy.declare import Basis, Category
from privacy.queries.disclosures import safe
from privacy.queries.held import rule_text
from privacy.queries.register import physical_measures, register
from privacy.queries.register_jsonld import register_jsonld
from privacy.screens.office_rooms import Room
from privacy.screens.office_scope import OfficeOnly, OfficePageMixin
from privacy.templatetags.privacy_words import basis_words

SEE = "privacy.view_screening"
ROOMS = (
    Room(_("Record of processing"), "privacy-activities", "clipboard-list", SEE),
    Room(_("Data map"), "privacy-data-map", "table", SEE),
)
# Article 30(1)(a) to (g), in its order, and what else the law or the notice asks for.
COLUMNS = (
    "code",
    "title",
    "controller",
    "purpose",
    "plainly",
    "basis",
    "article",
    "law",
    "interest",
    "subjects",
    "categories",
    "recipients",
    "transfers",
    "retention",
    "measures",
    "physical_measures",
    "rights",
    "assessments",
    "notice",
    "review",
)


class FilterForm(forms.Form):
    """What the record is narrowed by."""

    basis = forms.ChoiceField(label=_("Legal basis"), required=False)
    recipient = forms.ChoiceField(label=_("Recipient"), required=False)
    review = forms.ChoiceField(
        label=_("To be reviewed"), required=False, choices=[("", _("All")), ("on", _("Only with something to review"))]
    )

    def __init__(self, *args, recipients=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = [("", _("All"))] + [(each.value, basis_words(each.value)) for each in Basis]
        self.fields["recipient"].choices = [("", _("All"))] + [(name, name) for name in recipients]

    def keeps(self, activity: dict) -> bool:
        said = self.cleaned_data if self.is_valid() else {}
        return (
            said.get("basis", "") in ("", activity["basis"])
            and (not said.get("recipient") or said["recipient"] in activity["recipients"])
            and (not said.get("review") or bool(activity["review"]))
        )


class RecordPage(OfficePageMixin, TemplateView):
    """One section per activity; it prints as it stands."""

    rights = (SEE,)
    template_name = "privacy/office/activities.html"
    page_title = _("Record of processing")

    def path(self):
        return []

    @property
    def header_buttons(self):
        ways = (("csv", "CSV"), ("jsonld", "JSON-LD"))
        return [
            HeaderButton(label, url=reverse(f"privacy-activities-{name}"), icon_name="download") for name, label in ways
        ]

    def get_context_data(self, **kwargs):
        found = register()
        names = sorted({name for activity in found["activities"] for name in activity["recipients"]})
        form = FilterForm(self.request.GET, recipients=names)
        shown = [activity for activity in found["activities"] if form.keeps(activity)]
        return super().get_context_data(
            found=found, shown=shown, form=form, now=timezone.now(), physical=physical_measures(), **kwargs
        )


class RecordCsv(OfficeOnly, View):
    """One line per activity, with every column of Art 30(1)."""

    rights = (SEE,)
    http_method_names = ["get", "head"]

    def get(self, request):
        found = register()
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="record-of-processing.csv"'
        writer = csv.writer(answer)
        writer.writerow(COLUMNS)
        for activity in found["activities"]:
            line = activity | {
                "controller": "; ".join(str(value) for value in found["controller"].values() if value),
                "retention": [f"{keep['title']}: {keep['words']}" for keep in activity["keep"]],
                "physical_measures": physical_measures(),
                "assessments": [f"{each['kind']} {each['state']}" for each in activity["assessments"]],
            }
            writer.writerow([safe(_cell(line[name])) for name in COLUMNS])
        return answer


def _cell(value) -> str:
    return "; ".join(value) if isinstance(value, list) else str(value)


class RecordJsonLd(OfficeOnly, View):
    """The record as linked data."""

    rights = (SEE,)
    http_method_names = ["get", "head"]

    def get(self, request):
        answer = JsonResponse(
            register_jsonld(generated=timezone.now()),
            content_type="application/ld+json",
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
        answer["Content-Disposition"] = 'attachment; filename="record-of-processing.jsonld"'
        return answer


class MapFilterForm(forms.Form):
    """What the data map is narrowed by."""

    category = forms.ChoiceField(label=_("Kind of fact"), required=False)
    activity = forms.ChoiceField(label=_("What for"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["category"].choices = everything + [(each.code, each.title) for each in Category]
        self.fields["activity"].choices = everything + [(each.code, each.title) for each in registry.activities()]


class DataMap(OfficePageMixin, TemplateView):
    """Every column that says something about people: what, why, how long, and what an erasure does to it."""

    rights = (SEE,)
    template_name = "privacy/office/data_map.html"
    page_title = _("Data map")

    def path(self):
        return []

    def get_context_data(self, **kwargs):
        form = MapFilterForm(self.request.GET)
        said = form.cleaned_data if form.is_valid() else {}
        found = register()
        titles = {each.name(): (each.title, rule_text(each)) for each in registry.declarations()}
        wanted = next((each.dpv for each in Category if each.code == said.get("category")), "")
        rows = [
            row | dict(zip(("title", "keep"), titles[row["model"]], strict=True))
            for row in found["fields"]
            if not row["category"].startswith(("not personal", "actor"))
            and said.get("activity", "") in ("", row["activity"])
            and wanted in ("", row["category"])
        ]
        return super().get_context_data(
            form=form, rows=rows, categories=_categories(found["fields"]), excused=len(found["excused"]), **kwargs
        )


def _categories(fields: list[dict]) -> list[tuple]:
    """(title, row of the notice, number of columns) of every kind of fact, those of the notice first (N3)."""
    counts = {each: sum(row["category"] == each.dpv for row in fields) for each in Category}
    return [(each.title, each.notice, each.dpv, number) for each, number in counts.items()]


def addresses():
    """Paths below /admin/."""
    return [
        path("privacy/register-of-processing/", RecordPage.as_view(), name="privacy-activities"),
        path("privacy/register-of-processing/record.csv", RecordCsv.as_view(), name="privacy-activities-csv"),
        path("privacy/register-of-processing/record.jsonld", RecordJsonLd.as_view(), name="privacy-activities-jsonld"),
        path("privacy/data-map/", DataMap.as_view(), name="privacy-data-map"),
    ]
