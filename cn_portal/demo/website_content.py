"""Builds the public site of the demonstration company: both languages, all pages, settings.

Running it twice changes nothing.
"""

import json
import uuid
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from cn_portal.demo.website_texts import TEXTS
from cn_portal.website import models

MAIN_LANGUAGE = "nb"
SPACE = uuid.UUID("6f1c7a52-7f0b-4c52-9d55-0c1b6a4f3a10")
SITE_NAME = "Clemco Norge"
PROFILE = "Surface profile"
PROFILE_TEXT = {
    "nb": ("Tverrsnitt av blåst stål: en takket linje med topper og daler.", "Profilen måles fra dal til topp."),
    "en": (
        "Cross-section of blasted steel: a jagged line of peaks and valleys.",
        "The profile is measured from valley to peak.",
    ),
}


@transaction.atomic
def build_site(*, images=False) -> dict:
    """Make what is missing of the site; what an editor has changed is left alone.

    Returns {"pages_made": int, "pages": int}. With `images` one drawn picture is put into the picture library and used.
    """
    picture = _profile_picture() if images else None
    made = 0
    for language in (MAIN_LANGUAGE, *(code for code in TEXTS if code != MAIN_LANGUAGE)):
        made += _build_language(language, picture)
    _point_site()
    models.ControllerSettings.load()
    pages = Page.objects.filter(depth__gt=1).count()
    return {"pages_made": made, "pages": pages}


def _build_language(language, picture) -> int:
    locale, _ = Locale.objects.get_or_create(language_code=language)
    pages, made = {}, []
    for text in TEXTS[language]:
        page = _existing(text, locale)
        if page is None:
            page = _add(text, locale, pages.get(text.parent))
            made.append(text)
        pages[text.key] = page
    # Links need the pages they lead to, so they are written when all pages are there.
    for text in made:
        _fill(pages[text.key], text, pages, language, picture)
    return len(made)


def _existing(text, locale):
    model = getattr(models, text.kind)
    return model.objects.filter(locale=locale, translation_key=_key(text)).first()


def _add(text, locale, parent):
    if parent is None:
        parent = Page.get_first_root_node()
        _drop_welcome_page(parent)
    said = {name: value for name, value in text.values.items() if not name.endswith("_page")}
    page = getattr(models, text.kind)(
        title=text.title,
        slug=text.slug,
        lead=text.lead,
        locale=locale,
        translation_key=_key(text),
        show_in_menus=text.in_menu,
        **said,
    )
    return parent.add_child(instance=page)


def _drop_welcome_page(root) -> None:
    """Wagtail's own first page goes, if nobody has put anything under it."""
    welcome = root.get_children().filter(slug="home", content_type__model="page", numchild=0).first()
    if welcome is not None:
        welcome.delete()
        root.refresh_from_db()


def _fill(page, text, pages, language, picture) -> None:
    for name, value in text.values.items():
        if name.endswith("_page"):
            setattr(page, name, pages[value])
    if text.body:
        page.body = json.dumps(_blocks(text, pages, language, picture))
    if text.specs:
        lines = [_block("spec", {"label": label, "value": value}, text.key + label) for label, value in text.specs]
        page.specs = json.dumps(lines)
    page.save()


def _blocks(text, pages, language, picture) -> list[dict]:
    made = []
    for number, (kind, said) in enumerate(text.body):
        if kind == "picture" and picture is None:
            continue
        made.append(_block(kind, _value(kind, said, pages, language, picture), f"{language}{text.key}{number}"))
    return made


def _value(kind, said, pages, language, picture):
    if kind == "steps":
        return _items({"title": title, "text": words} for title, words in said)
    if kind == "figures":
        return _items({"value": value, "label": label} for value, label in said)
    if kind == "questions":
        return _items({"question": question, "answer": answer} for question, answer in said)
    if kind == "call":
        title, words, label, target = said
        return {"title": title, "text": words, "label": label, "page": pages[target].pk}
    if kind == "picture":
        alt, caption = PROFILE_TEXT[language]
        return {"image": picture.pk, "alt": alt, "caption": caption}
    return said


def _items(values) -> list[dict]:
    return [_block("item", value, str(value)) for value in values]


def _block(kind, value, seed) -> dict:
    return {"type": kind, "value": value, "id": str(uuid.uuid5(SPACE, seed))}


def _key(text) -> uuid.UUID:
    """The same key for a page in every language: that is what makes them translations of each other."""
    return uuid.uuid5(SPACE, text.key)


def _point_site() -> None:
    home = models.HomePage.objects.get(locale__language_code=MAIN_LANGUAGE, translation_key=uuid.uuid5(SPACE, "home"))
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    here = {"hostname": address.hostname, "port": port}
    Site.objects.filter(is_default_site=True).exclude(**here).update(is_default_site=False)
    values = {"root_page": home, "is_default_site": True, "site_name": SITE_NAME}
    Site.objects.update_or_create(**here, defaults=values)
    # Sites left without a home page of their own were the welcome page's.
    Site.objects.exclude(root_page__in=Page.objects.filter(depth__gt=1)).delete()
    Site.clear_site_root_paths_cache()


def _profile_picture():
    """A drawn cross-section of blasted steel, made here so that no picture of anybody else is needed."""
    image_model = get_image_model()
    found = image_model.objects.filter(title=PROFILE).first()
    if found is not None:
        return found
    from PIL import Image, ImageDraw

    canvas = Image.new("RGB", (1200, 420), "#f6f4ef")
    heights = [(x, 170 + (x * 7919 % 97) + (x * 104729 % 41)) for x in range(0, 1201, 24)]
    draw = ImageDraw.Draw(canvas)
    draw.polygon([*heights, (1200, 420), (0, 420)], fill="#41535f")
    draw.line(heights, fill="#a63d12", width=5)
    file = BytesIO()
    canvas.save(file, "PNG")
    file.seek(0)
    return image_model.objects.create(title=PROFILE, file=ImageFile(file, name="surface-profile.png"))
