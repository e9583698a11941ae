"""Grids of the label as files: a small one, and those that hypothesis makes up."""

from datetime import date

from hypothesis import strategies as st

from labelling.grids.files import CriterionFile, GridFile, write_grid
from labelling.grids.words import CRITERION_WORDS, GRID_WORDS, OTHER_LANGUAGES

SMALL = GridFile(
    version="2027-1",
    name="Suivante",
    published_on=date(2027, 1, 1),
    criteria=(
        CriterionFile(kind="mandatory", number=1, key="access", name="Facile", question="Facile ?"),
        CriterionFile(kind="optional", number=2, name="Petit", question="Petit ?"),
    ),
)
GOOD = write_grid(SMALL)

# All that a person may type, and all that TOML or JSON write in a manner of their own.
letters = st.one_of(
    st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="\x85"),
    st.sampled_from("\"'\\#=[]{}\t éا’«»"),
)
line = st.text(letters, min_size=1, max_size=30).map(str.strip).filter(bool)
text = st.lists(line, max_size=3).map("\n".join)
examples = st.lists(line, max_size=3).map("\n".join)


def said(names):
    words = {name: line if name in ("name", "question") else text for name in names}
    words |= {"examples": examples} if "examples" in names else {}
    return words


def translations(names):
    words = st.fixed_dictionaries({}, optional=said(names)).map(
        lambda found: {name: found[name] for name in names if found.get(name)}
    )
    return st.fixed_dictionaries({}, optional=dict.fromkeys(OTHER_LANGUAGES, words)).map(
        lambda found: {code: found[code] for code in OTHER_LANGUAGES if found.get(code)}
    )


keys = st.text("abc-_9", max_size=8)
criterion = st.builds(
    CriterionFile,
    kind=st.sampled_from(["mandatory", "optional"]),
    number=st.integers(1, 999),
    key=keys,
    translations=translations(CRITERION_WORDS),
    **said(CRITERION_WORDS),
)
# Small, and alike often enough for two versions to have some in common.
word = st.sampled_from(["Facile", "Petit", "À plusieurs"])
in_french = st.builds(
    CriterionFile,
    kind=st.sampled_from(["mandatory", "optional"]),
    number=st.integers(1, 3),
    key=st.sampled_from(["", "access", "partnership"]),
    name=word,
    question=word,
    problem=word,
    evidence=word,
)


def without_twins(criteria):
    numbers = {(one.kind, one.number): one for one in criteria}.values()
    return tuple({one.key or id(one): one for one in numbers}.values())


grids = st.builds(
    GridFile,
    version=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}", fullmatch=True),
    criteria=st.lists(criterion, min_size=1, max_size=5).map(without_twins),
    published_on=st.none() | st.dates(date(2020, 1, 1)),
    translations=translations(GRID_WORDS),
    **said(GRID_WORDS),
)
