"""Deleting a batch set by set: one statement for each class, however many rows."""

from __future__ import annotations

from contextlib import nullcontext

from django.db.models import DO_NOTHING, PROTECT, RESTRICT, SET_NULL
from django.db.models.deletion import get_candidate_relations_to_delete
from django.db.models.signals import post_delete, pre_delete

from privacy.actions.erasure_steps import blank_values
from privacy.actions.trail import purging
from privacy.declare import BLANK
from privacy.keysets import KeySet
from privacy.reach import children_first
from privacy.unheld import Below, Screen, joined


class Removal:
    """Removes free rows of one class with all that goes with them. What follows from the declarations is worked out
    once. The caller has the rows locked and knows that nothing holds them."""

    def __init__(self, screen: Screen):
        self.screen = screen
        order = {declaration: number for number, declaration in enumerate(children_first())}
        self._steps = sorted(screen.below, key=lambda pair: order[pair[0]])
        self._proofs = list(dict.fromkeys(each.model for each, _path in screen.below if each.evidence))
        self._plain = {each for each, _path in screen.below if self._is_plain(each)}

    def remove(self, keys: list | KeySet) -> None:
        """Delete or blank the rows as their declarations say, those that go with them first."""
        among = KeySet.of(self.screen.declaration.model._meta.pk, keys)
        if not among.keys:
            return
        with purging(*self._proofs) if self._proofs else nullcontext():
            for step in self._steps:
                self._remove(step, among)

    def _remove(self, step: Below, among: KeySet) -> None:
        declaration, path = step
        rows = declaration.model._base_manager.filter(**{f"{path or 'pk'}__in": among})
        if declaration.on_erase is BLANK:
            rows.update(**blank_values(declaration, everything=True))
        elif declaration not in self._plain:
            rows.delete()
        else:
            for relation in _relations(declaration, SET_NULL):
                naming = relation.related_model._base_manager
                name = relation.field.name
                naming.filter(**{f"{joined(name, path)}__in": among}).update(**{name: None})
            rows._raw_delete(rows.db)

    def _is_plain(self, declaration) -> bool:
        """Whether one statement does what Django's own collecting of related rows would: nobody listens, and every row
        that points here is let go of, has gone before, or was looked for when holds were."""
        model = declaration.model
        heard = any(signal.has_listeners(model) for signal in (pre_delete, post_delete))
        if heard or model._meta.parents or any(hasattr(f, "bulk_related_objects") for f in model._meta.private_fields):
            return False
        ours = {(each.model, path.partition("__")[0]) for each, path in self.screen.below}
        looked_for = {each.model for each in children_first()}
        for relation in get_candidate_relations_to_delete(model._meta):
            on_delete, other = relation.on_delete, relation.related_model
            settled = on_delete in (SET_NULL, DO_NOTHING) or (other, relation.field.name) in ours
            if not settled and not (on_delete in (PROTECT, RESTRICT) and other in looked_for):
                return False
        return True


def _relations(declaration, on_delete) -> list:
    found = get_candidate_relations_to_delete(declaration.model._meta)
    return [relation for relation in found if relation.on_delete is on_delete]
