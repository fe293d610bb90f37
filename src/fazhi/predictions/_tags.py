"""Tags of tokens: what is written wrong, and where I-X continues nothing."""

from collections.abc import Sequence

from fazhi.corpus import BIO_TAGS, ENTITY_LABELS, tags_to_spans
from fazhi.predictions._reading import Repair

_OTHER_SCHEMES = frozenset("ESMLUW")


def tag_remedy(tag: str) -> str:
    """What to write instead of a tag that is none of ours."""
    prefix, dash, label = tag.partition("-")
    if tag in ("o", "0"):
        return "Write O, a capital letter"
    if tag.upper() in BIO_TAGS:
        return f"Write {tag.upper()}, in capitals"
    if tag.upper() in ENTITY_LABELS:
        return (
            f"Write B-{tag.upper()} where an entity begins and I-{tag.upper()} where it continues"
        )
    if dash and prefix in _OTHER_SCHEMES and label in ENTITY_LABELS:
        return "BIOES, BMES and BILOU are not read: convert S and U to B, and M, E and L to I"
    return f"The tags are {', '.join(BIO_TAGS)}"


def illegal_places(tags: Sequence[str]) -> list[int]:
    """Where an I-X follows neither B-X nor I-X, in the tags of one segment."""
    return [
        index
        for index, (last, tag) in enumerate(zip(["O", *tags], tags, strict=False))
        if tag[0] == "I" and (last == "O" or last[2:] != tag[2:])
    ]


def repaired_spans(
    tags: Sequence[str], repair: Repair
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """The entities of tags by a rule, and the fragments that it discards.

    Args:
        tags: BIO tags of one segment's tokens.
        repair: the rule; without illegal tags all rules give the same.

    Returns:
        (first token, token after the last, label) of each entity, and of each fragment.
    """
    begun = list(tags)
    for index in illegal_places(tags):
        begun[index] = f"B{tags[index][1:]}"
    all_spans = tags_to_spans(begun)
    if repair != "discard":
        return all_spans, []
    strict = tags_to_spans(tags)
    kept = set(strict)
    return strict, [span for span in all_spans if span not in kept]
