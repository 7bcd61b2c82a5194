"""What is written about the trail, backups and drills: numbers, fingerprints and keys, no person."""

from privacy import registry

registry.excuse("privacy.TrailPurge", because="Numbers and a fingerprint of the part of the trail whose time was up.")
registry.excuse(
    "privacy.TrailRedaction",
    because="Fingerprints of an entry before and after its words were taken out, and keys of the two who decided.",
)
registry.excuse("privacy.TrailLoss", because="Numbers of seals that were lost with an older database.")
registry.excuse(
    "privacy.StopLedger",
    because="Random keys and codes of what was stopped; without the main database nobody can be told from them. "
    "Rows go after 70 days, twice the life of a backup.",
)
registry.excuse("privacy.Backup", because="When backups were made, how big, and when they expire.")
registry.excuse("privacy.RestoreDrill", because="How long rehearsals of a restore took.")
registry.excuse(
    "privacy.RedactionProposal", because="The key of an entry of the trail, a code, and keys of two colleagues."
)
registry.excuse("privacy.Verification", because="When the trail was checked and which rows were found changed.")
