"""The data room of a deal: for one named outsider, between two days, to look and not to take (N52, N53)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from privacy import queries
from privacy.actions.deal_reads import look_at_class, look_in
from privacy.models import DealPerson
from privacy.rules.gates import GateRefused
from privacy.screens.step_up import own_page

ROBOTS = "noindex, nofollow, noarchive"


@own_page("GET", "HEAD")
def room(request, key):
    """The classes of the deal and their numbers; or, when there is no access today, the reason in a sentence."""
    person = _person_of(request, key)
    try:
        return _page(request, person, "room", {"classes": look_in(person, by=request.user)})
    except GateRefused as refusal:
        return _page(request, person, "closed", {"why": str(refusal)}, status=403)


@own_page("GET", "HEAD")
def room_class(request, key, label):
    """The rows of one class, page by page: under pseudonyms, or with names (`?names=1`) where those were approved."""
    person = _person_of(request, key)
    number, names = request.GET.get("p", ""), request.GET.get("names") == "1"
    try:
        found = look_at_class(
            person, label, page=int(number) if number.isdecimal() else 1, with_names=names, by=request.user
        )
    except GateRefused as refusal:
        return _page(request, person, "closed", {"why": str(refusal)}, status=403)
    if found is None:
        raise Http404
    return _page(request, person, "class", {"page": found, "label": label})


def _person_of(request, key) -> DealPerson:
    """The outsider that is signed in, in this deal. To everybody else there is no such page."""
    mine = queries.subject_of(request.user).group()
    return get_object_or_404(DealPerson.objects.select_related("case"), case=key, subject__in=mine)


def _page(request, person, name: str, context: dict, status: int = 200):
    context = {"person": person, "deal": person.case, **context}
    response = render(request, f"privacy/deal_room/{name}.html", context, status=status)
    response["X-Robots-Tag"] = ROBOTS
    return response
