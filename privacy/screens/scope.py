"""What every scoped staff view shares: the right is asked for first, and rows come through one function."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from wagtail.permission_policies import ModelPermissionPolicy

from privacy import registry
from privacy.queries import active


def subject_of_row(row):
    """The person a row is about, by its declaration, or None."""
    declaration = registry.declaration_of(type(row))
    if declaration is None or not isinstance(declaration.subject, str):
        return None
    for part in declaration.subject.split("__"):
        row = getattr(row, part, None)
    return row


def everything(queryset, user):
    """The scope of whoever has the right: all rows."""
    return queryset


def containing(queryset, columns, text: str):
    """The rows in which every word of the text is found in one of the columns."""
    for word in text.split():
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__contains": word})
        queryset = queryset.filter(found)
    return queryset


class Scoped:
    """For any view of one model: the right is asked for first, and rows come only through `scoped`."""

    needs = "view"
    # Rights on other models that this view takes as well, by full name.
    also: tuple = ()
    scope = staticmethod(everything)
    heading = staticmethod(str)
    permission_required = None
    any_permission_required = None

    def setup(self, request, *args, **kwargs):
        # Wagtail fetches the row in setup and checks rights afterwards: who may not look would learn what exists.
        self.request = request
        policy = self.permission_policy or ModelPermissionPolicy(self.model)
        allowed = all(policy.user_has_permission(request.user, action) for action in {"view", self.needs})
        if not (allowed and request.user.has_perms(self.also)):
            raise PermissionDenied
        super().setup(request, *args, **kwargs)

    def scoped(self, queryset):
        """The rows of `queryset` that this member of staff may see."""
        return self.scope(active(queryset), self.request.user)
