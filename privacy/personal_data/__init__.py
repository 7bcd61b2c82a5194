"""What the engine itself holds about people: keys, proofs, mail, copies. Declared like everybody else's."""

from privacy.personal_data import activities, belongings, people, proof, requests

__all__ = ["activities", "belongings", "people", "proof", "requests"]
