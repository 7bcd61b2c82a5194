from django.conf import settings
from django.utils.translation import override

from cn_portal.website.controller import controller
from cn_portal.website.models import ControllerSettings


def test_the_block_is_there_before_anybody_has_saved_it(db):
    assert not ControllerSettings.objects.exists()
    with override("nb"):
        block = controller()
    assert block == {
        "name": "Clemco Norge AS (CN)",
        "represented_by": "daglig leder",
        "address": "Clemco Norge AS, Postbox 104 Tveita, 0617 Oslo",
        "country": "NO",
        "email": "privacy@cn.example",
        "phone": "+47 20 00 00 00",
        "url": settings.WAGTAILADMIN_BASE_URL,
    }
    assert not ControllerSettings.objects.exists()


def test_the_role_is_named_in_the_language_in_use(db):
    with override("en"):
        assert controller()["represented_by"] == "the general manager"
