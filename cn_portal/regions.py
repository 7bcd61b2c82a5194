"""Where accounting material may lie: Norway and the EEA (bokføringsloven § 13, bokføringsforskriften § 7-5; L38).

Regions of object stores that lie there, by the name their owners give them in S3_REGION. A region that is missing is
added when somebody has looked up where it lies; a name that only sounds European (London, Zürich) is not in the EEA.
"""

AMAZON = {"eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-3", "eusc-de-east-1"}
SCALEWAY = {"fr-par", "nl-ams", "pl-waw"}
OVH = {"de", "eu-west-par", "gra", "rbx", "sbg", "waw"}
HETZNER = {"fsn1", "hel1", "nbg1"}
UPCLOUD = {"de-fra1", "dk-cph1", "es-mad1", "fi-hel1", "fi-hel2", "nl-ams1", "no-svg1", "pl-waw1", "se-sto1"}
EXOSCALE = {"at-vie-1", "at-vie-2", "bg-sof-1", "de-fra-1", "de-muc-1", "hr-zag-1"}
EEA = frozenset(AMAZON | SCALEWAY | OVH | HETZNER | UPCLOUD | EXOSCALE)


def is_in_eea(region: str | None) -> bool:
    """Whether this region is known to lie in Norway or elsewhere in the EEA."""
    return (region or "").strip().lower() in EEA
