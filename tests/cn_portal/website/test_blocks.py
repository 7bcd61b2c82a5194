import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from cn_portal.website.blocks import BODY_BLOCKS, PictureBlock


def test_a_picture_without_alt_text_is_refused():
    block = PictureBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python({"image": None, "alt": "", "caption": ""}))
    assert "alt" in refused.value.block_errors


@pytest.mark.parametrize(("name", "block"), BODY_BLOCKS)
def test_each_block_has_a_preview_of_its_own(db, name, block):
    assert block.is_previewable
    value = block.get_preview_value()
    context = {"bound_block": block.bind(value), "block_def": block, "page_title": "x"}
    with override("nb"):
        html = render_to_string("wagtailcore/shared/block_preview.html", context, request=RequestFactory().get("/"))
    assert "/static/css/site.css" in html and len(html[html.index("<main") : html.index("</main")]) > 60
