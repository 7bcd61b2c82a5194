from django.apps import apps

from privacy import registry
from privacy.checks import check_model
from privacy.declare import Actor

WAGTAIL = (
    "wagtailcore",
    "wagtailadmin",
    "wagtailimages",
    "wagtaildocs",
    "wagtailusers",
    "wagtailredirects",
    "wagtailembeds",
)
OURS = ("website", "wagtailsearch", "taggit", "simple_translation", "contenttypes", *WAGTAIL)


def models():
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def test_every_model_of_wagtail_and_the_website_is_accounted_for():
    assert len(models()) > 45
    assert [error for model in models() for error in check_model(model)] == []


def test_columns_that_name_a_colleague_are_declared_or_actors():
    user = apps.get_model("accounts.User")
    named = {(m, f.name) for m in models() for f in m._meta.concrete_fields if f.related_model is user}
    assert len(named) > 15
    for model, name in named:
        declaration, excuse = registry.declaration_of(model), registry.excuse_of(model)
        if declaration is None:
            assert isinstance(excuse.actors[name], Actor), (model, name)
        else:
            assert name in declaration.fields, (model, name)


def test_a_planted_page_without_an_excuse_is_found():
    page = apps.get_model("website.NewsPage")
    excuse = registry._excuses.pop(page)
    try:
        assert [error.id for error in check_model(page)] == ["privacy.E001"]
    finally:
        registry._excuses[page] = excuse
    assert check_model(page) == []
