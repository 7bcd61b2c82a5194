"""The talent pool and who was hired in the staff pages: for HR, for nobody else."""

from datetime import date

import pytest

from careers import actions
from careers.models import Application, PoolMail, TalentPoolEntry
from privacy.models import StaffRead
from privacy.tasks import open_tasks
from tests.careers import factories, reading


@pytest.fixture
def hr(client):
    user = factories.make_staff(actions.HR)
    factories.sign_in(client, user)
    return user


@pytest.fixture
def entry(vacancy):
    return factories.submit(
        factories.make_vacancy(), name="Ingrid Prøve", pool=True, cv=False
    ).subject.talent_pool.get()


def pool_of(vacancy):
    return f"/admin/careers/vacancies/{vacancy.reference}/talent-pool/"


def test_the_list_tells_reason_and_expiry(client, hr, entry):
    html = client.get("/admin/careers/talent-pool/").content.decode()
    assert "Ingrid Prøve" in html and entry.interest in html
    for address in ("new/", f"edit/{entry.pk}/", f"delete/{entry.pk}/"):
        assert client.get(f"/admin/careers/talent-pool/{address}").status_code == 404


def test_the_page_shows_the_mail_and_sends_to_those_who_were_ticked(client, hr, vacancy, entry):
    other = factories.submit(factories.make_vacancy(), name="Olav Prøve", pool=True, cv=False).subject.talent_pool.get()
    response = client.get(pool_of(vacancy))
    html = response.content.decode()
    assert "Ingrid Prøve" in html and "Olav Prøve" in html and "checked" not in html and vacancy.title in html
    assert PoolMail.objects.count() == 0
    assert StaffRead.objects.filter(subject=entry.subject_id).exists()
    digest = response.context["digest"]
    posted = client.post(pool_of(vacancy), {"pick": [str(entry.pk)], "shown": digest})
    assert posted.status_code == 302 and PoolMail.objects.get().entry == entry
    html = client.get(pool_of(vacancy)).content.decode()
    assert f'value="{entry.pk}"' not in html and f'value="{other.pk}"' in html and "Ingrid Prøve" in html


@pytest.mark.parametrize(
    ("posted", "status"), [({}, 422), ({"pick": ["x"], "shown": "y"}, 422), ({"pick": ["mine"], "shown": "old"}, 409)]
)
def test_nobody_chosen_and_another_text_send_nothing(client, hr, vacancy, entry, posted, status):
    picked = [str(entry.pk) if each == "mine" else each for each in posted.get("pick", [])]
    assert client.post(pool_of(vacancy), {**posted, "pick": picked}).status_code == status
    assert not PoolMail.objects.exists()


def test_who_was_left_out_is_counted(client, hr, vacancy, entry):
    digest = client.get(pool_of(vacancy)).context["digest"]
    actions.leave_talent_pool(entry, by=None)
    response = client.post(pool_of(vacancy), {"pick": [str(entry.pk)], "shown": digest}, follow=True)
    assert not PoolMail.objects.exists() and "1 person" in response.content.decode()


def test_a_hiring_leader_meets_nobody_of_the_pool(client, vacancy, entry):
    leader = factories.make_staff(actions.HIRING_LEADERS)
    factories.share(vacancy, leader)
    factories.sign_in(client, leader)
    assert client.get(pool_of(vacancy)).status_code == 403
    assert client.post(pool_of(vacancy), {"pick": [str(entry.pk)]}).status_code == 403
    assert client.get("/admin/careers/talent-pool/").status_code in (302, 403)


@pytest.fixture
def hired(vacancy, hr):
    row = factories.submit(vacancy, cv=False)
    for stage in ("interview", "offer", "hired"):
        actions.move_application(row, to=stage, by=hr, reason="")
    return Application.objects.get(pk=row.pk)


def test_start_and_move_on_the_page_of_the_application(client, hr, hired):
    from django.urls import reverse

    def url(name):
        return reverse(f"careers_applications:{name}", args=[hired.pk])

    assert client.post(url("start"), {"starts_on": "2030-01-07"}).status_code == 302
    assert client.post(url("moved")).status_code == 302
    hired.refresh_from_db()
    assert hired.starts_on == date(2030, 1, 7) and hired.moved_on is not None
    html = client.get(url("inspect")).content.decode()
    assert url("not-moved") in html and url("moved") not in html
    client.post(url("not-moved"))
    hired.refresh_from_db()
    assert hired.moved_on is None and url("moved") in client.get(url("inspect")).content.decode()
    assert client.get(url("start")).content.decode().count('value="2030-01-07"') == 1


def test_a_day_before_the_decision_is_refused_in_the_form(client, hr, hired):
    from django.urls import reverse

    response = client.post(reverse("careers_applications:start", args=[hired.pk]), {"starts_on": "2001-01-01"})
    hired.refresh_from_db()
    assert response.status_code == 200 and hired.starts_on is None


def test_others_have_no_such_panel_and_a_hiring_leader_no_such_act(client, hr, hired, vacancy):
    from django.urls import reverse

    waiting = factories.submit(factories.make_vacancy(), cv=False)
    moved = reverse("careers_applications:moved", args=[waiting.pk])
    assert moved not in client.get(reverse("careers_applications:inspect", args=[waiting.pk])).content.decode()
    leader = factories.make_staff(actions.HIRING_LEADERS)
    factories.share(vacancy, leader)
    client.logout()
    factories.sign_in(client, leader)
    own = reverse("careers_applications:moved", args=[hired.pk])
    page = client.get(reverse("careers_applications:inspect", args=[hired.pk]))
    assert page.status_code == 200 and own not in page.content.decode()
    assert client.post(own).status_code in (302, 403)
    hired.refresh_from_db()
    assert hired.moved_on is None


def test_a_file_to_be_moved_is_a_task_until_it_is(hired, hr):
    day = date.today()
    (task,) = [each for each in open_tasks(day=day) if each.kind == "careers.hired"]
    assert str(hired.pk)[:4].upper() in task.title and task.due_on > day and hired.full_name not in task.title
    actions.record_start(hired, starts_on=date(2030, 1, 7), by=hr)
    (task,) = [each for each in open_tasks(day=day) if each.kind == "careers.hired"]
    assert task.due_on == date(2030, 1, 7)
    actions.mark_moved(hired, by=hr)
    assert not [each for each in open_tasks(day=day) if each.kind == "careers.hired"]


def test_an_entry_that_ended_is_shown_as_such(client, hr, entry, frozen_day):
    from careers.screens.hr_pool import standing

    TalentPoolEntry.objects.filter(pk=entry.pk).update(asked_on=entry.agreed_on)
    entry.refresh_from_db()
    words = {str(standing(entry))}
    entry.renewed_on = entry.agreed_on
    words.add(str(standing(entry)))
    entry.renewed_on = entry.asked_on = None
    words.add(str(standing(entry)))
    frozen_day(entry.ends_on.replace(year=entry.ends_on.year + 1))
    words.add(str(standing(entry)))
    assert len(words) == 4
    assert reading.acts(entry) == ["talent_pool.joined"]
