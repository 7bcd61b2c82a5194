"""A small demonstration company; the whole one is written once, in test_company.py."""

import pytest

from cn_portal.demo import company

FEW = 12


@pytest.fixture
def small_company(db):
    company.write(people=FEW)
    return company.counts()
