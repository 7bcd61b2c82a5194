"""Wagtail's screens for users, narrowed to staff: customers and applicants have accounts too and are never shown."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.generic import UsageView
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users

from cn_portal.accounts import actions
from cn_portal.accounts.models import User


def staff():
    """The accounts these screens know; every other address of theirs answers «not found»."""
    return User.objects.filter(Q(is_staff=True) | Q(is_superuser=True))


class StaffCreationForm(UserCreationForm):
    """No password: the first sign-in is by mailed code, and the person sets up the rest."""


class StaffEditForm(UserEditForm):
    """The address stays as it was when the account was opened: whoever changed it could take the account over."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = True


class StaffIndexView(users.IndexView):
    """The list."""

    def get_base_queryset(self):
        listed = super().get_base_queryset()
        return listed.filter(pk__in=staff().values("pk"))

    @property
    def columns(self):
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_delete_url(self, instance):
        return None


class GuardedByRank:
    """Only administrators give or take administrator rights, touch administrators, or change their own groups (T03)."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if not self.request.user.is_superuser:
            self._narrow(form.fields)
        return form

    def _narrow(self, fields):
        # Wagtail leaves the field out where people edit themselves.
        if "is_superuser" in fields:
            fields["is_superuser"].widget = forms.HiddenInput()
            fields["is_superuser"].disabled = True
        if self.object is not None and self.object == self.request.user:
            fields["groups"].disabled = True


class StaffCreateView(GuardedByRank, users.CreateView):
    """A new colleague."""

    object = None

    def save_instance(self):
        data = self.form.cleaned_data
        made = actions.create_staff(
            data["email"],
            first_name=data["first_name"],
            last_name=data["last_name"],
            groups=data["groups"],
            by=self.request.user,
        )
        actions.change_staff(made, changes={"is_superuser": data["is_superuser"]}, by=self.request.user)
        return made


class StaffEditView(GuardedByRank, users.EditView):
    """Name, groups and whether the person may still sign in."""

    def get_queryset(self):
        return staff()

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.can_delete = False

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def save_instance(self):
        data = self.form.cleaned_data
        # The form has written its values into this row already; what the database holds is the row to change.
        user = User.objects.get(pk=self.object.pk)
        changed = actions.change_staff(user, changes=data, groups=data["groups"], by=self.request.user)
        self.has_content_changes = bool(changed)
        return user


class StaffDeleteView(users.DeleteView):
    """Accounts are closed by taking «active» away. Erasing a person is the privacy office's act, with its own plan."""

    def dispatch(self, request, *args, **kwargs):
        raise Http404


class StaffHistoryView(users.HistoryView):
    """What was done to one account."""

    def get_base_object_queryset(self):
        return staff()


class StaffUsageView(UsageView):
    """Where one account is referred to."""

    def get_base_object_queryset(self):
        return staff()


class StaffViewSet(users.UserViewSet):
    """Named by `StaffUsersConfig`."""

    menu_label = _("Staff")
    index_view_class = StaffIndexView
    add_view_class = StaffCreateView
    edit_view_class = StaffEditView
    delete_view_class = StaffDeleteView
    history_view_class = StaffHistoryView
    usage_view_class = StaffUsageView
    copy_view_enabled = False
    inspect_view_enabled = False

    def get_form_class(self, for_update=False):
        return StaffEditForm if for_update else StaffCreationForm
