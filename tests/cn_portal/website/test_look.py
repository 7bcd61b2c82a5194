import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

from cn_portal.website.templatetags.look import DRAWINGS, drawing, kroner, long_date


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the door")
    agree = forms.BooleanField(label="I agree", required=False)
    way = forms.ChoiceField(label="Way", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def shown(source, **context):
    with override("en"):
        return Template("{% load look %}" + source).render(Context(context))


def test_a_field_has_label_hint_error_and_widget():
    html = shown("{% field form.name %}", form=Sample({"name": ""}))
    assert '<div class="field wrong">' in html and '<label for="id_name">Name</label>' in html
    assert 'id="id_name_helptext">As on the door' in html and 'id="id_name_error"' in html
    assert "wrong" not in shown("{% field form.name %}", form=Sample())


def test_a_tick_box_has_its_label_after_it_and_is_never_ticked():
    html = shown("{% field form.agree %}", form=Sample())
    assert html.index("<input") < html.index("<label") and "checked" not in html


def test_a_choice_is_a_group_with_a_legend():
    html = shown("{% field form.way %}", form=Sample())
    assert html.startswith('<fieldset class="field choices"') or '<fieldset class="field choices"' in html
    assert "<legend>Way" in html and "(optional)" in html


def test_a_hidden_field_has_neither_label_nor_frame():
    assert "<div" not in shown("{% field form.secret %}", form=Sample())


def test_the_summary_counts_and_links():
    assert shown("{% error_summary form %}", form=Sample()).strip() == ""
    html = shown("{% error_summary form %}", form=Sample({"name": ""}))
    assert "One thing to put right" in html and '<a href="#id_name">Name: ' in html


@pytest.mark.parametrize("kind", ["good", "wait", "stop", "info", "plain"])
def test_a_chip_has_a_word_and_an_icon(kind):
    html = shown("{% chip kind 'Paid' %}", kind=kind)
    assert f'class="chip {kind}"' in html and "Paid" in html and "<svg" in html


def test_a_fact_says_source_and_end():
    html = shown("{% fact 'Phone' '22' source='you, by phone' until=day %}", day=datetime.date(2028, 3, 12))
    assert "you, by phone" in html and "12 March 2028" in html
    assert "Nothing held" in shown("{% fact 'Phone' '' %}") and "Nothing held" not in shown("{% fact 'n' 0 %}")


def test_a_plan_says_what_goes_and_what_stays():
    items = [
        {"what": "Profile", "goes": True, "because": ""},
        {"what": "Invoice", "goes": False, "until": datetime.date(2031, 12, 31), "because": "the law says so"},
        {"what": "Order", "goes": False, "until": None, "because": "It is still open."},
        {"what": "Note", "goes": True, "because": "Nobody needs it."},
    ]
    html = shown("{% include 'components/plan_list.html' %}", items=items)
    assert html.count("Goes now") == 2 and "Stays until 31 December 2031 because the law says so" in html
    assert "It is still open." in html and "Nobody needs it." in html


def test_steps_mark_done_and_current():
    html = shown("{% include 'components/step_bar.html' %}", steps=["One", "Two", "Three"], current=2)
    assert html.count('aria-current="step"') == 1 and html.count('class="done"') == 1


def test_dates_are_written_out():
    day = datetime.date(2028, 3, 12)
    late = datetime.datetime(2028, 3, 11, 23, 30, tzinfo=datetime.UTC)
    with override("nb"):
        assert long_date(day) == "12. mars 2028" == long_date(late)
        assert long_date(datetime.datetime(2028, 3, 12, 8)) == "12. mars 2028"
        assert long_date(datetime.datetime(2028, 3, 12, 8, tzinfo=ZoneInfo("Europe/Oslo"))) == "12. mars 2028"
    with override("en"):
        assert long_date(day) == "12 March 2028"
    assert long_date("for ever") == "for ever"


@pytest.mark.parametrize(
    ("amount", "nb", "en"),
    [
        (12500, "12 500 kr", "NOK 12,500"),
        (Decimal("12500.50"), "12 500,50 kr", "NOK 12,500.50"),
        (Decimal("999.00"), "999 kr", "NOK 999"),
        (None, "", ""),
        ("", "", ""),
    ],
)
def test_money(amount, nb, en):
    with override("nb"):
        assert kroner(amount).replace("\N{NO-BREAK SPACE}", " ") == nb
    with override("en"):
        assert kroner(amount).replace("\N{NO-BREAK SPACE}", " ") == en


def test_every_drawing_is_hidden_from_screen_readers_and_takes_the_pages_colour():
    for name in DRAWINGS:
        markup = drawing(name)
        assert markup.startswith('<svg aria-hidden="true"') and "currentColor" in markup, name
    assert drawing("../../etc/passwd") == "" == drawing("unknown")
