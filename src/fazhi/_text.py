"""What is done with any text: shown where it comes from outside, and searched."""


def printable(text: str) -> str:
    """A text with what a terminal would obey, or cannot show, written as escapes."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )


def occurrences(needle: str, text: str) -> list[int]:
    """The offsets at which a piece of text begins, overlapping ones included."""
    found = []
    start = text.find(needle)
    while start >= 0:
        found.append(start)
        start = text.find(needle, start + 1)
    return found
