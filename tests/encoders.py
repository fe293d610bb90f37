"""Small BERT encoders with random weights, saved as the Hub's are."""

from collections.abc import Iterable
from pathlib import Path

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
MARKS = "“”‘’—…，。、；：《》（）%0123456789"


def save_encoder(
    folder: Path, characters: Iterable[str] = (), *, hub: bool = False, **shape: int
) -> str:
    """Saves an encoder that reads these characters, and gives its folder.

    Args:
        folder: where to.
        characters: what it reads beside punctuation.
        hub: whether it is laid out as bert-base-chinese and its relatives are: entries that are
            never used before the special ones, no curly quotes or dashes, every character a second
            time as the continuation of a word, and the output layers of pretraining in the file.
        shape: what differs from one layer of 32 units.
    """
    import torch
    from transformers import BertConfig, BertForPreTraining, BertModel

    known = sorted({*MARKS, *characters})
    entries = [*SPECIAL, *known]
    if hub:
        known = [*"\"'-.", *(each for each in known if each not in "“”‘’—…")]
        unused = [f"[unused{number}]" for number in range(1, 100)]
        pieces = [f"##{each}" for each in known]
        entries = ["[PAD]", *unused, "[UNK]", "[CLS]", "[SEP]", "[MASK]", *known, *pieces]
    settings = {
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 64,
        "max_position_embeddings": 128,
        **shape,
    }
    torch.manual_seed(0)
    kind = BertForPreTraining if hub else BertModel
    kind(BertConfig(vocab_size=len(entries), **settings)).save_pretrained(folder)
    (folder / "vocab.txt").write_text("".join(f"{each}\n" for each in entries), encoding="utf-8")
    return str(folder)
