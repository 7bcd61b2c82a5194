"""Who is responsible for the data: one place, read by the footer, the notice, copies and receipts (N2, N69)."""

from cn_portal.website.models.controller import ControllerSettings

COUNTRY = "NO"


def controller() -> dict[str, str]:
    """The controller block: name, represented_by, address, country, email, phone and url, all text.

    Works before the settings row exists: the model's defaults answer then.
    """
    row = ControllerSettings.objects.first() or ControllerSettings()
    return {
        "name": row.legal_name,
        "represented_by": str(row.represented_by_text),
        "address": row.postal_address,
        "country": COUNTRY,
        "email": row.email,
        "phone": row.phone,
        "url": row.url,
    }
