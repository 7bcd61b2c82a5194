"""Pick lists for staff forms that offer only what this member of staff may see.

    class ContactChooserViewSet(ScopedChooserViewSet):
        model = Contact
        search_fields = ("search",)               # columns searched for every typed word
        prepare = staticmethod(searchable)        # what is done to the typed text before that

        def scope(self, queryset, user): ...
        def display(self, row): return row.full_name

The widget is taken by every form field of a foreign key to the model. There is no "create" in the window.
"""

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from privacy.queries import active
from privacy.screens.scope import Scoped, containing, everything


class ScopedChoice(Scoped):
    """For the four views of a chooser: window, results, chosen, chosen several."""

    permission_policy = None
    display = staticmethod(str)
    search_columns = ()
    prepare = staticmethod(str)

    def get_object_list(self):
        return self.scoped(self.model_class._default_manager.all())

    def get_object(self, pk):
        try:
            return self.get_object_list().get(pk=pk)
        except ValidationError as nonsense:
            raise ObjectDoesNotExist from nonsense

    def get_objects(self, pks):
        try:
            return list(self.get_object_list().filter(pk__in=pks))
        except ValidationError:
            return []

    def get_display_title(self, instance):
        return self.display(instance)

    def get_edit_item_url(self, instance):
        return None

    @property
    def title_column(self):
        column = super().title_column
        column.accessor = self.display
        return column

    def get_filter_form_class(self):
        return type(
            "ChoiceFilterForm",
            (ChoiceFilterForm,),
            {"columns": self.search_columns, "prepare": staticmethod(self.prepare)},
        )


class ChoiceFilterForm(BaseFilterForm):
    """The search box of the window."""

    columns = ()
    q = forms.CharField(required=False, label=_("Search"))

    def filter(self, objects):
        text = self.prepare(self.cleaned_data.get("q", "")).strip()
        if not text:
            return objects
        self.is_searching, self.search_query = True, self.cleaned_data["q"]
        return containing(objects, self.columns, text)


class ScopedChooseView(ScopedChoice, chooser.ChooseView):
    pass


class ScopedChooseResultsView(ScopedChoice, chooser.ChooseResultsView):
    pass


class ScopedChosenView(ScopedChoice, chooser.ChosenView):
    pass


class ScopedChosenMultipleView(ScopedChoice, chooser.ChosenMultipleView):
    pass


class ScopedChooser(BaseChooser):
    """Shows the chosen row by the name the viewset gives it, and nothing for a row that may not be met."""

    show_edit_link = False
    display = staticmethod(str)

    def get_instance(self, value):
        if value is None or isinstance(value, self.model_class):
            return value
        try:
            return active(self.model_class._default_manager.all()).filter(pk=value).first()
        except ValidationError:
            return None

    def get_display_title(self, instance):
        return self.display(instance)

    def get_value_data_from_instance(self, instance):
        # The key is text, because the value is also given to the script as JSON.
        return {"id": str(instance.pk), "edit_url": None, self.display_title_key: self.get_display_title(instance)}


class ScopedChooserViewSet(ChooserViewSet):
    """See the module."""

    search_fields: tuple = ()
    prepare = staticmethod(str)
    choose_view_class = ScopedChooseView
    choose_results_view_class = ScopedChooseResultsView
    chosen_view_class = ScopedChosenView
    chosen_multiple_view_class = ScopedChosenMultipleView

    scope = staticmethod(everything)

    def display(self, row) -> str:
        """What staff read for a row in the window and in the form."""
        return str(row)

    @property
    def base_widget_class(self):
        return type("ScopedChooser", (ScopedChooser,), {"display": staticmethod(self.display)})

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            **{
                "scope": self.scope,
                "display": self.display,
                "search_columns": self.search_fields,
                "prepare": self.prepare,
                **kwargs,
            }
        )

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
