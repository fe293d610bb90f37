"""The Parquet files of `corpus/data`: built from sources and gold, and checked against them."""

import io
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from fazhi._files import read_bytes, write_bytes
from fazhi._names import known_name
from fazhi.corpus._checksums import check_checksums, read_verified, write_checksums
from fazhi.corpus._features import features_of
from fazhi.corpus._gold import is_annotated, read_examples
from fazhi.corpus._layers import LayerCard, layer_folders, read_annotations, read_layer_card
from fazhi.corpus._records import Annotation, Example
from fazhi.corpus._report import Report, read_reports
from fazhi.corpus._rows import entity_row, fact_row, layer_row, report_row, section_row
from fazhi.corpus._sources import ALL_SPLITS, SPLITS, Split
from fazhi.errors import InputError, MismatchError

if TYPE_CHECKING:
    from datasets import DatasetDict

Config = Literal["entities", "sections", "facts", "layers", "reports"]
CONFIGS: tuple[Config, ...] = get_args(Config)

_REBUILD = "Run: fazhi corpus build"
_LEVEL = 19
"""Of compression: the files are a quarter smaller than at the default, and read as fast."""


@dataclass(frozen=True, slots=True)
class AnnotatedReport:
    """A report with the gold annotation of each of its segments."""

    report: Report
    """The report."""
    examples: tuple[Example, ...]
    """Its segments with their gold, in order."""
    layers: tuple[tuple[LayerCard, tuple[Annotation, ...]], ...]
    """Every layer that holds the report, by name, with its annotation of each segment."""


def read_annotated(corpus: Path, annotation: Path) -> list[AnnotatedReport]:
    """All reports that have a gold annotation, with all layers, read and verified.

    Raises:
        InputError: a source, a layer or the gold is unusable, or does not fit the text.
    """
    cards = {folder: read_layer_card(folder) for folder in layer_folders(annotation).values()}
    reports = read_reports(corpus)
    _refuse_strangers(cards, {each.source.id for each in reports})
    return [
        AnnotatedReport(
            report,
            tuple(read_examples(report, annotation)),
            tuple(
                (card, tuple(read_annotations(file, report.segments)))
                for folder, card in cards.items()
                if (file := folder / f"{report.source.id}.jsonl").exists()
            ),
        )
        for report in reports
        if is_annotated(report, annotation)
    ]


def _refuse_strangers(folders: Iterable[Path], reports: Collection[str]) -> None:
    for folder in folders:
        for path in sorted(folder.glob("*.jsonl")):
            if path.stem not in reports:
                raise InputError(
                    f"no report is called {path.stem!r}",
                    path=path,
                    remedy="Give it the id of its report, or remove it",
                )


def parquet_name(config: Config, split: Split) -> str:
    """The file of one configuration and split, as the dataset card lists it."""
    return f"{config}-{split}.parquet"


def tables(reports: Sequence[AnnotatedReport]) -> dict[str, pa.Table]:
    """The tables of all configurations and splits, by file name; none of them is empty."""
    rows: dict[Config, Callable[[AnnotatedReport], list[dict[str, Any]]]] = {
        "entities": lambda each: [entity_row(example) for example in each.examples],
        "sections": lambda each: [section_row(example) for example in each.examples],
        "facts": lambda each: [fact_row(example) for example in each.examples],
        "layers": _layer_rows,
        "reports": lambda each: [report_row(each.report)],
    }
    result = {}
    for config in CONFIGS:
        features = features_of(config)
        for split in ALL_SPLITS:
            found = [
                features.encode_example(row)
                for each in reports
                if each.report.source.split == split
                for row in rows[config](each)
            ]
            if found:
                result[parquet_name(config, split)] = pa.Table.from_pylist(
                    found, schema=features.arrow_schema
                )
    return result


def _layer_rows(annotated: AnnotatedReport) -> list[dict[str, Any]]:
    return [
        layer_row(card, segment, annotation)
        for card, annotations in annotated.layers
        for segment, annotation in zip(annotated.report.segments, annotations, strict=True)
    ]


def built_splits(corpus: Path, config: Config) -> tuple[Split, ...]:
    """The splits that a configuration of the dataset has: those of the benchmark, and others."""
    files = {path.name for path in (corpus / "data").glob("*.parquet")}
    return tuple(
        split for split in ALL_SPLITS if split in SPLITS or parquet_name(config, split) in files
    )


def write_tables(built: dict[str, pa.Table], folder: Path) -> None:
    """Writes the tables as Parquet with their checksums, and removes others.

    The same tables give the same bytes.
    """
    for name, table in built.items():
        write_bytes(folder / name, _to_parquet(table))
    for path in folder.glob("*.parquet"):
        if path.name not in built:
            path.unlink()
    write_checksums(folder)


def _to_parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd", compression_level=_LEVEL)
    return buffer.getvalue()


def _from_parquet(data: bytes) -> pa.Table:
    # pq.read_table imports pyarrow.dataset and with it pandas, a third of a second; and pyarrow
    # 26 with its reading threads now and then aborts when the interpreter exits
    with pq.ParquetFile(io.BytesIO(data), pre_buffer=False) as file:
        table: pa.Table = file.read(use_threads=False)
        return table


def check_tables(built: dict[str, pa.Table], folder: Path) -> None:
    """Compares the committed Parquet files with what the sources give, and with their checksums.

    Compares rows and features with the sources, not bytes, which depend on the version of Arrow.

    Raises:
        MismatchError: a file is missing, superfluous, or holds other rows or features, or has
            another checksum.
    """
    present = {path.name for path in folder.glob("*.parquet")}
    for name in sorted(present - set(built)):
        raise MismatchError(f"{folder / name} is not a file of this corpus. Remove it")
    for name, table in built.items():
        if name not in present:
            raise MismatchError(f"{folder / name} is missing. {_REBUILD}")
        committed = _to_table(read_bytes(folder / name), folder / name)
        due = _from_parquet(_to_parquet(table))
        if not committed.schema.equals(due.schema, check_metadata=True):
            raise MismatchError(f"{folder / name} has other columns or features. {_REBUILD}")
        if not committed.equals(due):
            raise MismatchError(
                f"{folder / name} differs from what the sources give, "
                f"first in row {_first_difference(committed, due)}. {_REBUILD}"
            )
    check_checksums(folder)


def _first_difference(left: pa.Table, right: pa.Table) -> int:
    shared: int = min(left.num_rows, right.num_rows)
    for row in range(shared):
        if left.slice(row, 1).to_pylist() != right.slice(row, 1).to_pylist():
            return row
    return shared


def read_table(path: Path) -> pa.Table:
    """The table of a data file whose checksum is verified, on each reading, against its bytes."""
    return _to_table(read_verified(path), path)


def _to_table(data: bytes, path: Path) -> pa.Table:
    try:
        return _from_parquet(data)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).partition("\n")[0]
        raise InputError(f"not a Parquet file ({reason})", path=path, remedy=_REBUILD) from None


def read_rows(config: Config, split: Split, corpus: Path) -> list[dict[str, Any]]:
    """The rows of one configuration and split, class labels as integers."""
    rows: list[dict[str, Any]] = read_table(
        corpus / "data" / parquet_name(config, split)
    ).to_pylist()
    return rows


def load_dataset(config: str, corpus: Path) -> "DatasetDict":
    """One configuration with all its splits, read into memory without a cache.

    Raises:
        UnknownName: there is no such configuration.
    """
    from datasets import Dataset, DatasetDict

    known = known_name("configuration", config, CONFIGS)
    folder = corpus / "data"
    return DatasetDict(
        {
            split: Dataset(read_table(folder / parquet_name(known, split)))
            for split in built_splits(corpus, known)
        }
    )
