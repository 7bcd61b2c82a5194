"""Questions of a vacancy: only what may be asked, in both languages, and the same for everybody (N16, L28)."""

import pytest

from careers import actions
from careers.models import Hiring, Question
from tests.careers import factories, reading, steps


def texts(page):
    return list(page.hiring().questions.values_list("text_nb", flat=True))


def test_questions_are_added_changed_moved_and_removed(vacancy):
    hr = factories.make_staff(actions.HR)
    first = steps.ask(vacancy, nb="En?", en="One?", by=hr)
    second = steps.ask(vacancy, nb="To?", en="Two?", by=hr)
    third = steps.ask(vacancy, nb="Tre?", en="Three?", by=hr)
    assert texts(vacancy) == ["En?", "To?", "Tre?"]
    actions.move_question(third, up=True, by=hr)
    actions.move_question(first, up=True, by=hr)
    assert texts(vacancy) == ["En?", "Tre?", "To?"]
    actions.move_question(first, up=False, by=hr)
    actions.move_question(second, up=False, by=hr)
    assert texts(vacancy) == ["Tre?", "En?", "To?"]
    said = {"kind": "yes-no", "text_nb": "Ja?", "text_en": "Yes?", "required": True, "choices_nb": "a\nb"}
    actions.change_question(first, **said, by=hr)
    first.refresh_from_db()
    assert (first.kind, first.required, first.choices("nb")) == ("yes-no", True, [])
    actions.remove_question(second, by=hr)
    assert texts(vacancy) == ["Tre?", "Ja?"]
    assert reading.acts(first) == ["question.added", "question.moved", "question.changed"]
    assert Question.objects.exclude(hiring=vacancy.hiring()).count() == 0


@pytest.mark.parametrize(
    "said",
    [
        {"nb": "Er du gravid?"},
        {"en": "Are you pregnant?"},
        {"kind": "choice", "choices_nb": "Gift\nHar du barn?", "choices_en": "A\nB"},
        {"kind": "choice", "choices_nb": "A\nB", "choices_en": "Muslim\nOther"},
        {"nb": "  "},
        {"kind": "choice", "choices_nb": "Drammen", "choices_en": "Drammen"},
        {"kind": "choice", "choices_nb": "Drammen\nBergen", "choices_en": "Drammen"},
        {"kind": "choice", "choices_nb": "Drammen\nDrammen", "choices_en": "A\nB"},
        {"kind": "choice", "choices_nb": "A\nB", "choices_en": "Same\nSame"},
    ],
    ids=["nb", "en", "choice nb", "choice en", "empty", "one choice", "unequal", "same nb", "same en"],
)
def test_a_question_that_may_not_be_asked_or_is_not_whole_is_refused(vacancy, said):
    asked = steps.ask(vacancy, kind="choice", choices_nb="Drammen\nBergen", choices_en="Drammen\nBergen")
    with pytest.raises(actions.NotPossible) as refusal:
        steps.ask(vacancy, **said)
    assert str(refusal.value).count(".") >= 1
    values = {"kind": "text", "text_nb": said.get("nb", "Hva?"), "text_en": said.get("en", "What?"), "required": False}
    values |= {name: said[name] for name in ("kind", "choices_nb", "choices_en") if name in said}
    with pytest.raises(actions.NotPossible):
        actions.change_question(Question.objects.get(), **values, by=None)
    asked.refresh_from_db()
    assert Question.objects.count() == 1 and asked.text_nb == "Hva kan du?" and asked.choices("nb")[1] == "Bergen"


def test_ten_are_enough(vacancy):
    for _number in range(10):
        steps.ask(vacancy)
    with pytest.raises(actions.NotPossible):
        steps.ask(vacancy)
    assert Question.objects.count() == 10


def test_nothing_changes_once_somebody_has_applied(vacancy):
    question = steps.ask(vacancy)
    neighbour = factories.make_vacancy()
    steps.draft(vacancy)
    assert not actions.questions_are_locked(vacancy.hiring())
    factories.submit(vacancy)
    assert actions.questions_are_locked(vacancy.hiring())
    for act in (
        lambda: steps.ask(vacancy),
        lambda: actions.change_question(question, kind="text", text_nb="A?", text_en="B?", required=False, by=None),
        lambda: actions.move_question(question, up=True, by=None),
        lambda: actions.remove_question(question, by=None),
    ):
        with pytest.raises(actions.NotPossible):
            act()
    assert texts(vacancy) == ["Hva kan du?"]
    assert steps.ask(neighbour) and not actions.questions_are_locked(Hiring.objects.of(neighbour))


def test_an_answer_keeps_its_question_when_the_question_is_gone(vacancy):
    question = steps.ask(vacancy)
    draft = steps.draft(vacancy)
    answers = actions.answers_to_keep([question], {str(question.pk): "Sveise"}, "nb")
    actions.save_draft(draft, vacancy=vacancy, said={"answers": answers}, by=None)
    application = steps.submit(draft, vacancy)
    question.delete()
    answer = application.answers.get()
    assert (answer.question, answer.question_text, answer.text) == (None, "Hva kan du?", "Sveise")
