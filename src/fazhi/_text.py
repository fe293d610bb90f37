"""Text from outside, made fit to be shown."""


def printable(text: str) -> str:
    """A text with what a terminal would obey, or cannot show, written as escapes."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode() for char in text
    )
