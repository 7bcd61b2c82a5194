"""Blocks that editors build pages from. Each has a preview of its own; a picture needs alt text to be used."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "hr", "link"]
PREVIEW_TEXT = (
    "<h2>Rent, ru og klar</h2><p>Riktig overflate gir belegget feste. Vi hjelper deg å velge trykk, dyse og middel.</p>"
)


class TextBlock(blocks.RichTextBlock):
    """Running text with headings, lists and links."""

    def __init__(self, **kwargs):
        super().__init__(features=TEXT_FEATURES, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, headings, lists and links.")
        template = "website/blocks/text.html"
        preview_value = PREVIEW_TEXT


class PictureBlock(blocks.StructBlock):
    """A picture with the words that stand in for it."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Alt text"),
        max_length=200,
        help_text=_("What the picture shows, for those who do not see it. Required."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with alt text. People who can be recognised must have agreed to be shown.")
        template = "website/blocks/picture.html"
        preview_value = {"image": None, "alt": "", "caption": "Bildet vises her, med bildetekst under."}


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), rows=2)


class StepsBlock(blocks.ListBlock):
    """Numbered steps of a job."""

    def __init__(self, **kwargs):
        super().__init__(StepBlock(), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Numbered steps, one after the other.")
        template = "website/blocks/steps.html"
        preview_value = [
            {"title": "Vask", "text": "Fjern olje og salt før blåsing."},
            {"title": "Blås", "text": "Til Sa 2½, med tørr luft."},
        ]


class FigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Figure"), max_length=20)
    label = blocks.CharBlock(label=_("What it counts"), max_length=60)


class FiguresBlock(blocks.ListBlock):
    """A row of large figures."""

    def __init__(self, **kwargs):
        super().__init__(FigureBlock(), min_num=2, max_num=4, **kwargs)

    class Meta:
        icon = "order"
        label = _("Figures")
        description = _("Two to four large figures in a row.")
        template = "website/blocks/figures.html"
        preview_value = [{"value": "24 t", "label": "til deler er sendt"}, {"value": "7 bar", "label": "ved dysen"}]


class CallBlock(blocks.StructBlock):
    """One thing to do next."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=200)
    label = blocks.CharBlock(label=_("Button"), max_length=40)
    page = blocks.PageChooserBlock(label=_("Leads to"))

    class Meta:
        icon = "arrow-right"
        label = _("Next step")
        description = _("One thing the reader can do next, with a button.")
        template = "website/blocks/call.html"
        preview_value = {
            "title": "Usikker på valget?",
            "text": "Ring oss, så regner vi på det.",
            "label": "Ta kontakt",
            "page": None,
        }


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=["bold", "italic", "ul", "ol", "link"])


class QuestionsBlock(blocks.ListBlock):
    """Questions and answers that open one by one."""

    def __init__(self, **kwargs):
        super().__init__(QuestionBlock(), **kwargs)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions that open to show their answer.")
        template = "website/blocks/questions.html"
        preview_value = [{"question": "Hvor tørr må luften være?", "answer": "<p>Duggpunktet må ligge under 3 °C.</p>"}]


class NoteBlock(blocks.TextBlock):
    """A framed remark: safety, limits, exceptions."""

    class Meta:
        icon = "warning"
        label = _("Remark")
        description = _("A framed remark about safety or limits.")
        template = "website/blocks/note.html"
        preview_value = "Bruk alltid friskluft. Et filter i masken er ikke nok ved blåsing."


class SpecBlock(blocks.StructBlock):
    """One line of a product's table of figures."""

    label = blocks.CharBlock(label=_("Name"), max_length=60)
    value = blocks.CharBlock(label=_("Value"), max_length=80)

    class Meta:
        icon = "table"
        label = _("Figure")
        description = _("One line of the table of figures.")
        preview_value = {"label": "Volum", "value": "200 liter"}


BODY_BLOCKS = [
    ("text", TextBlock()),
    ("picture", PictureBlock()),
    ("steps", StepsBlock()),
    ("figures", FiguresBlock()),
    ("questions", QuestionsBlock()),
    ("note", NoteBlock()),
    ("call", CallBlock()),
]
SPEC_BLOCKS = [("spec", SpecBlock())]
