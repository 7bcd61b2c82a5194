"""The site of the demonstration company, and the colleagues who work in it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from cn_portal.demo import staff
from cn_portal.demo.vacancies import build_vacancies
from cn_portal.demo.website_content import build_site


@pytest.fixture
def site(db):
    """Both home pages, all their pages, three open vacancies: {key: {language: page}}."""
    build_site()
    return build_vacancies()


@pytest.fixture
def colleagues(site):
    """Seller, leader, HR and the others, each with a second factor."""
    return staff.make_colleagues()


@pytest.fixture
def find():
    """`find("text")` asks `privacy_find`; returns the places that hold the text, without those kept on purpose."""

    def ask(text, *, kept=False):
        out = StringIO()
        call_command("privacy_find", text, "--format", "json", stdout=out)
        hits = json.loads(out.getvalue())["hits"]
        return {hit["place"] for hit in hits if kept or not hit["kept_because"]}

    return ask
