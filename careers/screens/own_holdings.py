"""What a withdrawal takes and what it leaves, counted before anybody decides (L27, T31)."""

from dataclasses import dataclass
from datetime import date

from careers.models import Application, ApplicationDraft, State, TalentPoolEntry
from careers.screens.words import kept_longer
from privacy.queries import held_besides


@dataclass(frozen=True)
class Holdings:
    """What careers holds about a person besides one application, and what else we hold about them.

    ``elsewhere`` names it for the person signed in; whoever came by a mailed link gets no names of it, only ``page``:
    "goes", "stays" or "none" for the page of their own when everything is chosen. ``alone`` says that the person goes
    with this very application, because there is nothing else of them.
    """

    files: int
    applications: int
    drafts: int
    in_pool: bool
    elsewhere: tuple[str, ...]
    page: str
    held: str

    @property
    def has_more(self) -> bool:
        """Whether the two answers may differ at all."""
        return bool(self.applications or self.drafts or self.in_pool or self.page != "none")

    @property
    def alone(self) -> bool:
        return not self.has_more and not self.elsewhere


def holdings(application, *, signed_in: bool, day: date) -> Holdings:
    """Counted by the person signed in over all their records, by a link over the record the application lies in."""
    own = application.subject
    ids = own.group() if signed_in else [own.pk]
    others = Application.objects.filter(subject__in=ids).exclude(state=State.WITHDRAWN).exclude(pk=application.pk)
    elsewhere = tuple(held_besides(own, app_label="careers"))
    beyond = _beyond_the_link(own, ids)
    return Holdings(
        files=application.files.count(),
        applications=others.count(),
        drafts=ApplicationDraft.objects.filter(subject__in=ids, ended_at__isnull=True).count(),
        in_pool=TalentPoolEntry.objects.filter(subject__in=ids).exists(),
        elsewhere=elsewhere,
        page=_page(own, bool(elsewhere) or beyond),
        held=kept_longer(application, day=day),
    )


def _beyond_the_link(own, ids) -> bool:
    rest = set(own.group()) - set(ids)
    return any(model.objects.filter(subject__in=rest).exists() for model in (Application, TalentPoolEntry))


def _page(own, something_stays: bool) -> str:
    account = getattr(own.person, "account", None)
    if account is None:
        return "none"
    return "stays" if something_stays or account.is_staff or account.is_superuser else "goes"
