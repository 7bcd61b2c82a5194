"""Role × address: every staff address of careers, as everybody there is. Sales reach nothing of it (N31, T01)."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import get_resolver, reverse
from django.utils import timezone

from careers import actions
from careers.models import Hiring, VacancyShare
from privacy.actions.roles import OFFICE, ensure_roles
from tests.careers import factories

# Walks pages; what the other database could change is tested elsewhere, on both.
pytestmark = pytest.mark.one_database

NAME = "Ingrid Matrise"
# Who may enter which address: HR alone, or a hiring leader as well as long as the vacancy is shared with them. `LIST`
# is a list of its own, which opens for every hiring leader and holds only what is shared.
HR, SHARED, LIST = "hr", "shared", "list"
ADDRESSES = {
    "careers_board": SHARED,
    "careers_list": SHARED,
    "careers_refuse": HR,
    "careers_refusal": HR,
    "careers_vacancy_closing": HR,
    "careers_vacancy_register": HR,
    "careers_questions": HR,
    "careers_question": HR,
    "careers_question_act": HR,
    "careers_vacancy_pool": HR,
    "careers_vacancy_shares": HR,
    "careers_criteria": SHARED,
    "careers_review": HR,
    "careers_criterion": HR,
    "careers_criterion_act": HR,
    "careers_abstain": SHARED,
    "careers_pack": HR,
    "careers_pack_file": HR,
    "careers_pack_nobody": HR,
    "careers_vacancies:index": LIST,
    "careers_applications:index": LIST,
    "careers_applications:index_results": LIST,
    "careers_applications:history": SHARED,
    "careers_applications:history_results": SHARED,
    "careers_applications:inspect": SHARED,
    "careers_applications:move": HR,
    "careers_applications:note": SHARED,
    "careers_applications:note-correct": SHARED,
    "careers_applications:note-cover": SHARED,
    "careers_applications:reason-cover": SHARED,
    "careers_applications:assess": SHARED,
    "careers_applications:page": SHARED,
    "careers_applications:document": SHARED,
    "careers_applications:interview": HR,
    "careers_applications:referee": HR,
    "careers_applications:referee-agree": HR,
    "careers_applications:referee-tell": HR,
    "careers_applications:referee-note": HR,
    "careers_applications:referee-remove": HR,
    "careers_applications:flag": SHARED,
    "careers_applications:finding": HR,
    "careers_applications:guardian": HR,
    "careers_applications:child": HR,
    "careers_applications:evidence": HR,
    "careers_applications:reopen": HR,
    "careers_applications:start": HR,
    "careers_applications:moved": HR,
    "careers_applications:not-moved": HR,
    "careers_interviews:index": LIST,
    "careers_interviews:index_results": LIST,
    "careers_interviews:history": SHARED,
    "careers_interviews:history_results": SHARED,
    "careers_interviews:inspect": SHARED,
    "careers_interviews:change": HR,
    "careers_interviews:offer-again": HR,
    "careers_interviews:call-off": HR,
    "careers_pool:index": HR,
    "careers_pool:index_results": HR,
    "careers_pool:history": HR,
    "careers_pool:history_results": HR,
    "careers_pool:inspect": HR,
    "careers_shares:index": HR,
    "careers_shares:index_results": HR,
    "careers_shares:add": HR,
    "careers_shares:delete": HR,
    "careers_shares:history": HR,
    "careers_shares:history_results": HR,
    "careers_shares:inspect": HR,
    "careers_numbers:index": HR,
}
# Need a row beneath the application that this walk does not make: for HR and leaders alike the page is not there.
BENEATH = {
    "careers_criterion",
    "careers_criterion_act",
    "careers_pack_file",
    "careers_applications:note-correct",
    "careers_applications:note-cover",
    "careers_applications:reason-cover",
    "careers_question",
    "careers_question_act",
    "careers_applications:page",
    "careers_applications:document",
    "careers_applications:referee-agree",
    "careers_applications:referee-tell",
    "careers_applications:referee-note",
    "careers_applications:referee-remove",
    "careers_applications:finding",
    "careers_applications:evidence",
    "careers_interviews:history",
    "careers_interviews:history_results",
    "careers_interviews:inspect",
    "careers_interviews:change",
    "careers_interviews:offer-again",
    "careers_interviews:call-off",
}


def addresses_of_careers(resolver=None, prefix="", names=""):
    """{name: path} of every address below /admin/careers/, as the resolver has them."""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        here = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{names}{pattern.namespace}:" if pattern.namespace else names
            found |= addresses_of_careers(pattern, here, inner)
        elif here.lstrip("^").startswith("admin/careers/"):
            found[names + (pattern.name or "")] = here
    return found


def test_every_address_is_in_the_matrix():
    there = addresses_of_careers()
    assert len(there) > 40 and set(there) == set(ADDRESSES), "write down who may enter a new address"


class Place:
    """One vacancy with somebody who applied for it and everything that hangs on it."""

    def __init__(self, by, name=NAME):
        self.vacancy = factories.make_vacancy()
        self.application = factories.submit(self.vacancy, name=name, pool=True, cv=None)
        self.entry = self.application.subject.talent_pool.get()
        texts = {"nb": actions.Text("Andre hadde fagbrev.")}
        said = {"texts": texts, "steps": ["new"]}
        shown = actions.plan_refusal(self.vacancy.reference, **said).digest
        self.order = actions.order_refusal(Hiring.objects.of(self.vacancy), **said, shown=shown, by=by)

    def url(self, name, share) -> str:
        """The address of this vacancy's own row."""
        wanted = addresses_of_careers()[name]
        said = {}
        if "reference>" in wanted:
            said["reference"] = self.vacancy.reference
        if "uuid:key>" in wanted:
            said["key"] = uuid.uuid4()
        if "uuid:pk>" in wanted:
            said["pk"] = self._row(name, share)
        return reverse(name, kwargs=said)

    def _row(self, name, share):
        if name == "careers_refusal":
            return self.order.pk
        place = name.partition(":")[0]
        rows = {"careers_applications": self.application.pk, "careers_pool": self.entry.pk, "careers_shares": share.pk}
        return rows.get(place, uuid.uuid4())


def anonymous():
    return None


def customer():
    return factories.make_user()


def staff_with(app):
    group = Group.objects.create(name=f"{app} {uuid.uuid4()}")
    rights = Permission.objects.filter(codename="access_admin") | Permission.objects.filter(content_type__app_label=app)
    group.permissions.set(rights)
    user = factories.make_staff()
    user.groups.add(group)
    return user


def seller():
    return staff_with("crm")


def support():
    return staff_with("accounts")


def office():
    user = factories.make_staff()
    user.groups.add(ensure_roles()[OFFICE])
    return user


@pytest.fixture
def hr_user(db):
    return factories.make_staff(actions.HR)


@pytest.fixture
def place(wordings, hr_user):
    return Place(hr_user)


@pytest.fixture
def share(place):
    return factories.share(place.vacancy, factories.make_staff(actions.HIRING_LEADERS))


def is_shut(answer) -> bool:
    """Sent away without a word about anybody."""
    assert NAME not in answer.content.decode(errors="replace") if not answer.streaming else not answer.streaming
    if answer.status_code == 302:
        return answer.url == "/admin/" or "login" in answer.url or "sign-in" in answer.url
    return answer.status_code in (403, 404, 405)


def both(client, address):
    return client.get(address), client.post(address, {"to": "rejected", "reason": "x", "text": "x"})


@pytest.mark.parametrize("who", [anonymous, customer, seller, support, office])
def test_nobody_else_reaches_any_address(client, place, share, who):
    user = who()
    if user is not None:
        factories.sign_in(client, user)
    opened = {
        name: answer.status_code
        for name in ADDRESSES
        for answer in both(client, place.url(name, share))
        if not is_shut(answer)
    }
    place.application.refresh_from_db()
    assert opened == {} and place.application.step == "new" and VacancyShare.objects.count() == 1


def test_hr_reaches_every_address(client, place, share, hr_user):
    factories.sign_in(client, hr_user)
    answers = {name: client.get(place.url(name, share)) for name in ADDRESSES if name not in BENEATH}
    shut = {name: answer.status_code for name, answer in answers.items() if is_refused(answer)}
    assert shut == {} and NAME in answers["careers_board"].content.decode()


def is_refused(answer) -> bool:
    return answer.status_code in (403, 404) or (answer.status_code == 302 and answer.url == "/admin/")


def test_a_hiring_leader_reaches_what_is_shared_and_no_more(client, place, share, hr_user):
    other = Place(hr_user, name=NAME)
    factories.sign_in(client, share.user)
    for name, who in ADDRESSES.items():
        answer = client.get(place.url(name, share))
        if who == HR:
            assert is_shut(answer), name
            assert is_shut(client.post(place.url(name, share), {"to": "rejected", "reason": "x"})), name
        elif name not in BENEATH:
            assert answer.status_code in (200, 405), name
        if who != LIST:
            assert is_shut(client.get(other.url(name, share))), name
    assert client.get(place.url("careers_applications:index", share)).content.decode().count(NAME) >= 1


def test_a_share_that_ended_yesterday_opens_nothing(client, place, share):
    factories.sign_in(client, share.user)
    today = timezone.localdate()
    for until, is_open in ((today, True), (today - timedelta(days=1), False)):
        VacancyShare.objects.filter(pk=share.pk).update(until=until)
        seen = NAME in client.get(place.url("careers_board", share)).content.decode()
        assert seen is is_open
    for name, who in ADDRESSES.items():
        for answer in both(client, place.url(name, share)):
            if who == LIST:
                assert NAME not in answer.content.decode(), name
            else:
                assert is_shut(answer), name
    assert not place.application.notes.exists()
