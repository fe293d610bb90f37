"""What a model card says of the limits of a baseline: those of all, and those of its kind."""

from fazhi.baselines import Recipe

_PATTERNS = (
    "It sees the lists and patterns of `rules` as features, which were mended on the errors in the "
    "train and validation reports."
)

_KINDS = {
    "rules": (
        "The patterns were written by someone who knew the guidelines, and mended on the errors "
        "in the train and validation reports. Its scores on those are not those of unseen text, "
        "leave-one-report-out included; errors on the test reports were "
        "not used, but the guidelines were written with all five reports in view.",
    ),
    "crf": (
        _PATTERNS,
        "It finds no relation between entities, and no facts.",
    ),
    "majority": ("It is the floor that a model has to beat, and no more.",),
    "tfidf-svm": (
        "Title, heading and closing lines have a role that follows from their layout, which it "
        "sees; a text in another layout may be read worse.",
    ),
    "bert": (
        "It was fine-tuned on little text, so that another seed gives other predictions.",
        "What its vocabulary lacks is read as the nearest mark, or as unknown.",
    ),
}

_SYNTHETIC = (
    "The synthetic reports that it learned from are made-up text that a language model wrote. They "
    "were revised once after the errors of a CRF on the train and validation reports, so that "
    "scores on those flatter it; errors on the test reports were "
    "not used, but the guidelines were written with all five reports in view."
)

_ALL = (
    "It was scored on reports of one genre, of one province and of few years; how it does on "
    "others is unknown.",
    "The labels that it was scored on were made by language models. No person has checked them.",
    "Some kinds and topics are rare or absent in the real reports, so that little is known of how "
    "it does on them; the counts are in [the datasheet](../../../DATASHEET.md).",
    "It is there to be compared with. It is not fit to rank or judge governments, and nothing "
    "that it finds should be used without a look at the text.",
)


def limits_of(recipe: Recipe) -> str:
    """The section on limits."""
    made_up = (_SYNTHETIC,) if recipe.mixture.needs_synthetic else ()
    cues = (_PATTERNS,) if "lists" in str(recipe.params.get("cues", "")).split() else ()
    lines = [*_KINDS[recipe.model], *cues, *made_up, *_ALL]
    return "## Limits\n\n" + "\n".join(f"- {each}" for each in lines)
