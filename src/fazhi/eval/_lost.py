"""Gold entities that a system never saw, because its input was cut off."""

from collections.abc import Mapping, Sequence

from fazhi.corpus import Example


def lost_entities(examples: Sequence[Example], covered: Mapping[str, int]) -> list[str]:
    """The gold entities that end beyond what a system has tagged.

    Args:
        examples: the segments with their gold.
        covered: how many characters were tagged, by id of the segments that were cut off.

    Returns:
        Each as segment, place and surface.
    """
    return [
        f"{each.segment.id} {entity.start}:{entity.end} {entity.text}"
        for each in examples
        if each.segment.id in covered
        for entity in each.gold.entities
        if entity.end > covered[each.segment.id]
    ]
