"""The part of the dataset card's YAML that follows from the data: files, features and sizes."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from fazhi.corpus._dataset import CONFIGS, Config, built_splits, parquet_name, read_table
from fazhi.corpus._features import features_of
from fazhi.corpus._sources import SYNTHETIC, Split

_SIZES = {1_000: "n<1K", 10_000: "1K<n<10K", 100_000: "10K<n<100K", 1_000_000: "100K<n<1M"}
"""What the Hub calls a dataset of fewer rows."""


def card_data(corpus: Path) -> dict[str, Any]:
    """`size_categories`, `configs` and `dataset_info` of the data files as they are.

    The size is that of the real reports.

    Raises:
        InputError: a data file is missing or broken.
        MismatchError: a data file is not the one whose checksum is recorded.
    """
    tables = {
        config: {
            split: read_table(path)
            for split in built_splits(corpus, config)
            if (path := _path(corpus, config, split)).exists()
        }
        for config in CONFIGS
    }
    found = tables[CONFIGS[0]].items()
    rows = sum(table.num_rows for split, table in found if split != SYNTHETIC)
    return {
        "size_categories": [next(name for limit, name in _SIZES.items() if rows < limit)],
        "configs": [_files(config, tuple(found)) for config, found in tables.items()],
        "dataset_info": [_info(corpus, config, found) for config, found in tables.items()],
    }


def _path(corpus: Path, config: Config, split: Split) -> Path:
    return corpus / "data" / parquet_name(config, split)


def _files(config: Config, splits: tuple[Split, ...]) -> dict[str, Any]:
    """Where `datasets` finds each split."""
    files = [{"split": split, "path": f"data/{parquet_name(config, split)}"} for split in splits]
    default = {"default": True} if config == CONFIGS[0] else {}
    return {"config_name": config, **default, "data_files": files}


def _info(corpus: Path, config: Config, tables: dict[Split, pa.Table]) -> dict[str, Any]:
    """What `datasets` would count and write itself."""
    from datasets import DatasetInfo, SplitDict, SplitInfo

    splits = {
        split: SplitInfo(split, num_bytes=table.nbytes, num_examples=table.num_rows)
        for split, table in tables.items()
    }
    info = DatasetInfo(
        features=features_of(config),
        splits=SplitDict(splits),
        download_size=sum(_path(corpus, config, split).stat().st_size for split in tables),
        dataset_size=sum(table.nbytes for table in tables.values()),
    )
    return {"config_name": config, **info._to_yaml_dict()}
