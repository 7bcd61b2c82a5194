from django.template import Context, Template
from django.utils.translation import override

from privacy.plots import HEIGHT, WIDTH, Plot, since_the_first


def drawn(plot):
    # The words of the picture are those of whoever looks; here English.
    with override("en"):
        return _rendered(plot)


def _rendered(plot):
    return Template("{% load plots %}{% plot that %}").render(Context({"that": plot}))


def test_the_longest_bar_reaches_its_end_and_the_others_are_in_proportion():
    plot = Plot("Went", "By month", ["deleted", "held"], [("January", (30, 10)), ("February", (0, 20))])
    first, second = plot.bars()
    assert [(each.column, each.x, each.width) for each in first.pieces] == [
        (1, 0, WIDTH * 0.75),
        (2, WIDTH * 0.75, WIDTH * 0.25),
    ]
    assert [(each.column, each.x, each.width) for each in second.pieces] == [(2, 0, WIDTH * 0.5)]
    assert (first.total, second.total) == ("40", "20")
    assert plot.has_several and not plot.is_empty


def test_the_picture_has_its_table_and_its_words():
    page = drawn(Plot("Went", "By month", ["deleted"], [("January", (30,)), ("<b>", (0,))]))
    assert page.count("<rect") == 1 and 'aria-hidden="true"' in page and "&lt;b&gt;" in page and "<b>" not in page
    assert "<td>30</td>" in page and "<td>0</td>" in page and "cn-plot-legend" not in page
    assert "style=" not in page


def test_a_number_that_is_withheld_is_neither_drawn_nor_summed():
    plot = Plot("Applications", "By outcome", ["refused", "hired"], [("May", (12, None)), ("June", (None, None))])
    assert [bar.total for bar in plot.bars()] == ["<5", "<5"]
    assert plot.table() == [("May", ["12", "<5"]), ("June", ["<5", "<5"])]
    assert [len(bar.pieces) for bar in plot.bars()] == [1, 0]


def test_nothing_to_draw_says_so():
    page = drawn(Plot("Went", "By month", ["deleted"], [("January", (0,))]))
    assert "<svg" not in page and "Nothing to draw yet." in page and "January" in page
    assert Plot("Went", "", ["deleted"], []).bars() == []


def test_columns_whose_sum_means_nothing_have_a_bar_each():
    plot = Plot("Requests", "By month", ["received", "answered"], [("May", (4, 2)), ("June", (0, 1))], apart=True)
    first, second = plot.bars()
    assert [(each.column, each.x, each.width, each.y, each.height) for each in first.pieces] == [
        (1, 0, WIDTH, 0, HEIGHT / 2),
        (2, 0, WIDTH / 2, HEIGHT / 2, HEIGHT / 2),
    ]
    assert [each.column for each in second.pieces] == [2]
    assert (first.total, second.total) == ("4 · 2", "0 · 1")
    assert Plot("", "", ["a", "b"], [("May", (3, None))], apart=True).bars()[0].total == "3 · <5"


def test_rows_before_anything_happened_are_left_out_but_for_the_newest_three():
    quiet = [(str(month), (0, 0)) for month in range(9)]
    busy = [("9", (0, 1)), ("10", (0, 0)), ("11", (2, 0)), ("12", (0, 0))]
    assert since_the_first(quiet + busy) == busy
    assert since_the_first(quiet) == quiet[-3:]
    assert since_the_first([*quiet, ("9", (1, 0))]) == [*quiet[-2:], ("9", (1, 0))]
    assert since_the_first(busy[:1]) == busy[:1] and since_the_first([]) == []
