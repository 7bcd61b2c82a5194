"""The board and the list of one vacancy: who stands where, and the same number of queries for one and for many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers import actions, queries_board
from careers.models import Application, Note
from privacy.models import DataSubject, StoredFile
from tests.careers import factories


def board(vacancy):
    return reverse("careers_board", args=[vacancy.reference])


def listing(vacancy):
    return reverse("careers_list", args=[vacancy.reference])


@pytest.fixture
def hr_user(db):
    return factories.make_staff(actions.HR)


@pytest.fixture
def hr(client, hr_user):
    return factories.sign_in(client, hr_user)


def html_of(client, address, status=200, **said):
    response = client.get(address, said, HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == status
    return response.content.decode()


def submit(vacancy, name, **values):
    row = factories.submit(vacancy, name=name, cv=None)
    if values:
        Application.objects.filter(pk=row.pk).update(**values)
    return row


def test_each_step_is_a_column_with_its_applications(hr, hr_user, vacancy):
    first, second = submit(vacancy, "Ingrid Prøve"), submit(vacancy, "Ola Prøve")
    actions.move_application(second, to="shortlist", by=hr_user, reason="")
    columns = {each.step: each for each in queries_board.board(hr_user, vacancy.reference)}
    assert [card.name for card in columns["new"].cards] == ["Ingrid Prøve"]
    assert [card.name for card in columns["shortlist"].cards] == ["Ola Prøve"]
    assert [each.count for each in columns.values()] == [1, 0, 1] + [0] * 8 and "withdrawn" not in columns
    html = html_of(hr, board(vacancy))
    assert "Ingrid Prøve" in html and "Ola Prøve" in html and 'data-step="interview_2"' in html
    assert reverse("careers_applications:move", args=[first.pk]) in html


def test_the_longest_waiting_stands_first_with_its_days(hr, hr_user, vacancy):
    submit(vacancy, "Ny Prøve")
    submit(vacancy, "Gammel Prøve", step_since=timezone.now() - timedelta(days=9))
    [new, *_others] = queries_board.board(hr_user, vacancy.reference)
    assert [(card.name, card.days) for card in new.cards] == [("Gammel Prøve", 9), ("Ny Prøve", 0)]


def test_flags_tell_what_to_look_out_for(hr, vacancy):
    today = timezone.localdate()
    submit(vacancy, "Ung Prøve", minor=True)
    submit(vacancy, "Sen Prøve", reopened_until=today)
    row = submit(vacancy, "Treg Prøve")
    html = html_of(hr, board(vacancy))
    assert "under 18" in html or "Under 18" in html
    assert html.count("cn-ticket__flags") == 2
    Note.objects.create(application=row, text="Ring.")
    Application.objects.filter(reopened_until=today).update(reopened_until=today - timedelta(days=1))
    html = html_of(hr, board(vacancy))
    assert html.count("cn-ticket__flags") == 1 and ("1 note" in html or "1 notat" in html)


def test_a_file_that_is_still_being_looked_at_is_a_flag(hr, hr_user, vacancy):
    row = factories.submit(vacancy)
    for scan, waits in (("not_scanned", False), ("failed", True), ("clean", False)):
        StoredFile.objects.update(scan_state=scan)
        [new, *_others] = queries_board.board(hr_user, vacancy.reference)
        assert [(card.row, card.row.file_waits) for card in new.cards] == [(row, waits)]


def queries_of(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_many_applications_take_as_many_queries_as_one(hr, hr_user, vacancy):
    submit(vacancy, "Ingrid Prøve")
    pages = [board(vacancy), listing(vacancy)]
    for page in pages:
        hr.get(page)
    one = [queries_of(hr, page) for page in pages]
    rows = [submit(vacancy, f"Søker {number}") for number in range(29)]
    for row in rows[:9]:
        actions.move_application(row, to="read", by=hr_user, reason="")
        actions.add_note(row, text="Lest.", by=hr_user)
    assert [queries_of(hr, page) for page in pages] == one


def test_a_big_column_shows_the_first_and_all_on_request(hr, hr_user, vacancy, monkeypatch):
    monkeypatch.setattr(queries_board, "FIRST_CARDS", 2)
    for number in range(4):
        row = submit(vacancy, f"Søker {number}", step_since=timezone.now() - timedelta(days=number))
    actions.move_application(row, to="read", by=hr_user, reason="")
    html = html_of(hr, board(vacancy))
    assert "Søker 2" in html and "Søker 1" in html and "Søker 0" not in html and "whole=new" in html
    html = html_of(hr, board(vacancy), whole="new")
    assert "Søker 0" in html and "whole=new" not in html


def test_an_empty_vacancy_says_so(hr, vacancy):
    for page in (board(vacancy), listing(vacancy)):
        assert "cn-note" in html_of(hr, page)


@pytest.mark.parametrize("state", ["restricted", "erasing", "erased"])
def test_people_who_may_not_be_met_are_on_no_board(hr, vacancy, state):
    submit(vacancy, "Ola Prøve")
    hidden = submit(vacancy, "Ingrid Prøve")
    DataSubject.objects.filter(pk=hidden.subject_id).update(state=state)
    for page in (board(vacancy), listing(vacancy)):
        html = html_of(hr, page)
        assert "Ola Prøve" in html and "Ingrid" not in html


def test_a_hiring_leader_reads_and_has_nothing_to_press(client, vacancy):
    submit(vacancy, "Ingrid Prøve")
    leader = factories.make_staff(actions.HIRING_LEADERS)
    factories.sign_in(client, leader)
    assert client.get(board(vacancy)).status_code == client.get(listing(vacancy)).status_code == 404
    factories.share(vacancy, leader)
    for page in (board(vacancy), listing(vacancy)):
        html = html_of(client, page)
        assert "Ingrid Prøve" in html and 'name="to"' not in html and 'name="pick"' not in html


def test_the_list_is_narrowed_and_sorted(hr, hr_user, vacancy):
    now = timezone.now()
    submit(vacancy, "Første", submitted_at=now - timedelta(days=3), step_since=now)
    submit(vacancy, "Andre", submitted_at=now - timedelta(days=2), step_since=now - timedelta(days=2))
    moved = submit(vacancy, "Tredje", submitted_at=now - timedelta(days=1))
    actions.move_application(moved, to="reserve", by=hr_user, reason="")

    def order(**said):
        html = html_of(hr, listing(vacancy), **said)
        found = [(html.find(f">{name}</a>"), name) for name in ("Første", "Andre", "Tredje")]
        return [name for place, name in sorted(found) if place > 0]

    assert order() == ["Første", "Andre", "Tredje"] == order(order="full_name", step="nonsense")
    assert order(order="-sent") == ["Tredje", "Andre", "Første"]
    assert order(step="new", order="waiting") == ["Andre", "Første"]
    assert order(step="reserve") == ["Tredje"] and order(step="offer_made") == []


def test_a_long_list_comes_in_pages(hr, vacancy, monkeypatch):
    monkeypatch.setattr("careers.screens.hr_board.PER_PAGE", 2)
    for number in range(5):
        submit(vacancy, f"Søker {number}")
    assert "page=2" in html_of(hr, listing(vacancy))
    html = html_of(hr, listing(vacancy), page="3")
    assert "Søker 4" in html and "Søker 3" not in html and "page=2" in html


def page_of(row):
    return reverse("careers_applications:inspect", args=[row.pk])


def test_next_and_previous_of_the_same_filter(hr, hr_user, vacancy):
    now = timezone.now()
    rows = [submit(vacancy, f"Søker {n}", submitted_at=now - timedelta(days=9 - n)) for n in range(4)]
    submit(factories.make_vacancy(), "En annen")
    actions.move_application(rows[1], to="read", by=hr_user, reason="")
    place = queries_board.place_of(rows[1], hr_user)
    assert (place.position, place.total, place.before, place.after) == (2, 4, rows[0].pk, rows[2].pk)
    html = html_of(hr, page_of(rows[2]), step="new")
    assert f'data-key="previous" href="{page_of(rows[0])}?step=new' in html
    assert f'data-key="next" href="{page_of(rows[3])}?step=new' in html
    assert "2 of 3" in html or "2 av 3" in html
    # The first and the last have one neighbour; whoever was moved out of the filter still has the whole vacancy.
    assert 'data-key="previous"' not in html_of(hr, page_of(rows[0]))
    assert 'data-key="next"' not in html_of(hr, page_of(rows[3]), order="sent")
    html = html_of(hr, page_of(rows[1]), step="new")
    assert "2 of 4" in html or "2 av 4" in html
    assert queries_board.place_of(rows[1], hr_user, step="new") is None


def test_keys_and_their_help_come_from_a_file_and_no_line_of_script_stands_in_the_page(hr, vacancy):
    row = submit(vacancy, "Ingrid Prøve")
    for page in (board(vacancy), listing(vacancy), page_of(row)):
        assert "js/board" in html_of(hr, page)
    html = html_of(hr, page_of(row))
    assert "data-keys" in html and "<kbd>j</kbd>" in html and "onclick" not in html
