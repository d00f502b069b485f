"""The JSON Schema of the three files: what an editor's program says while `draht check` is not asked yet."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.configuration.channels import ChannelEntry
from bot.configuration.codes import countries, languages
from bot.configuration.feeds import FeedEntry, FeedsFile
from bot.configuration.holders import HolderEntry, HoldersFile
from bot.configuration.load import FEEDS, HOLDERS, WATCH_LIST
from bot.configuration.locate import shipped
from bot.configuration.parse import parse
from bot.configuration.schema import File, schema, written
from bot.configuration.strict import Strict
from bot.configuration.watchlist import WatchEntry, WatchListFile
from tests.configuration.desk import Desk
from tests.configuration.test_broken_files import BROKEN, DOUBTFUL, Case, cases
from tests.configuration.test_shipped_configuration import ALTERNATIVES, uncommented
from tests.configuration.validation import complaints
from tests.configuration.validation import written as as_yaml

MODELS: dict[File, tuple[type[Strict], ...]] = {
    File.WATCH_LIST: (WatchListFile, WatchEntry, ChannelEntry),
    File.FEEDS: (FeedsFile, FeedEntry),
    File.HOLDERS: (HoldersFile, HolderEntry),
}
KEYS = [
    pytest.param(file, model, key, id=f"{file}: {model.noun} {key}")
    for file, models in MODELS.items()
    for model in models
    for key in model.model_fields
]
ROOT = Path(__file__).parents[2]


def objects(node: object) -> Iterator[dict[str, Any]]:
    """Give every schema of a mapping with known keys."""
    if isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            yield node
        for below in node.values():
            yield from objects(below)
    elif isinstance(node, list):
        for below in node:
            yield from objects(below)


def described(file: File, model: type[Strict], key: str) -> dict[str, Any]:
    """Give what the schema of a file says of one key."""
    title = f"Draht: {file}.yaml" if model.noun == "file" else model.noun
    (found,) = (each for each in objects(schema(file)) if each["title"] == title)
    return dict(found["properties"][key])


@pytest.mark.parametrize("file", File)
def test_it_is_a_schema_of_draft_2020_12(file: File) -> None:
    """It says so, obeys that draft, and has a title and a description."""
    found = schema(file)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(found)
    assert found["title"] == f"Draht: {file}.yaml"
    assert found["description"]


@pytest.mark.parametrize("file", File)
def test_what_is_shipped_is_what_the_models_say_now(file: File) -> None:
    """A changed key changes the shipped schema too: draht check --schema feeds > config/schema/feeds.json."""
    assert (shipped() / "schema" / f"{file}.json").read_text(encoding="utf-8") == written(file)


def test_every_file_of_the_configuration_has_one() -> None:
    """The names of the schemas are those of the files that Draht reads."""
    assert {f"{file}.yaml" for file in File} == {FEEDS, WATCH_LIST, HOLDERS}


@pytest.mark.parametrize(("file", "model", "key"), KEYS)
def test_every_key_of_every_model_is_documented(file: File, model: type[Strict], key: str) -> None:
    """Each says in a sentence what it does, and shows a value where it is no mere choice."""
    found = described(file, model, key)
    assert re.fullmatch(r"[A-Zi`e].{14,}\.", found["description"]), found.get("description")
    shows = json.dumps(found)
    assert any(f'"{word}"' in shows for word in ("examples", "enum", "default", "$ref", "properties"))


@pytest.mark.parametrize("file", File)
def test_no_mapping_takes_an_unknown_key(file: File) -> None:
    """A misspelt key is underlined wherever it stands."""
    models = MODELS[file]
    found = list(objects(schema(file)))
    assert len(found) == len(models)
    assert all(each["additionalProperties"] is False for each in found)


def shown(node: object) -> Iterator[tuple[dict[str, Any], object]]:
    """Give each example and default with the schema that it is one of."""
    if isinstance(node, dict):
        values = node.get("examples", [])
        for value in (*(values if isinstance(values, list) else ()), *_default(node)):
            yield node, value
        for below in node.values():
            yield from shown(below)
    elif isinstance(node, list):
        for below in node:
            yield from shown(below)


def _default(node: dict[str, Any]) -> Iterator[object]:
    if "default" in node and not isinstance(node["default"], dict):
        yield node["default"]


@pytest.mark.parametrize("file", File)
def test_each_example_and_default_is_one(file: File) -> None:
    """What the schema shows, it accepts there."""
    whole = schema(file)
    found = list(shown(whole))
    assert len(found) >= 5
    for described, value in found:
        assert (
            list(Draft202012Validator({"$defs": whole.get("$defs", {}), **described}).iter_errors(value))
            == []
        )


def test_each_example_of_a_watch_is_read_by_draht(desk: Desk) -> None:
    """What the schema shows for the keys of a watch, `draht check` takes."""
    for key in WatchEntry.model_fields:
        found = described(File.WATCH_LIST, WatchEntry, key)
        for example in [*found.get("examples", []), *([found["default"]] if "default" in found else [])]:
            watch = {"name": "w", "keywords": ["Hegseth"], key: example}
            desk.write("watchlist.yaml", as_yaml({"watches": [watch]}))
            assert desk.problems() == []


FIRST_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


@pytest.mark.parametrize("file", File)
def test_the_first_line_of_each_shipped_file_leads_to_its_schema(file: File) -> None:
    """The path is relative, so that it holds wherever the folder is copied."""
    path = shipped() / f"{file}.yaml"
    line = FIRST_LINE.match(path.read_text(encoding="utf-8"))
    assert line
    assert (path.parent / line[1]).read_text(encoding="utf-8") == written(file)
    assert not Path(line[1]).is_absolute()


@pytest.mark.parametrize("file", [File.WATCH_LIST, File.FEEDS])
def test_what_is_shipped_is_accepted(file: File) -> None:
    """No editor's program underlines anything in the shipped files."""
    assert complaints(file, (shipped() / f"{file}.yaml").read_text(encoding="utf-8")) == []


def test_the_examples_in_the_shipped_files_are_accepted() -> None:
    """Lines, holders and channels that wait behind a comment sign are accepted when it is removed."""
    for line in ALTERNATIVES:
        bare = re.sub(r"(?<=[\]\"e])\s{2,}\w.*", "", line)
        assert complaints(File.WATCH_LIST, f"watches:\n  - name: w\n    {bare}\n") == []
    text = (shipped() / "holders.yaml").read_text(encoding="utf-8")
    for example in re.findall(r"^# holders:\n(?:#   .*\n)+", text, re.MULTILINE):
        assert complaints(File.HOLDERS, uncommented(example)) == []
    text = (shipped() / "watchlist.yaml").read_text(encoding="utf-8")
    channels = uncommented(text[text.index("# channels:") :])
    assert complaints(File.WATCH_LIST, f"keywords: [Austin]\n{channels}") == []


def test_the_examples_of_the_readme_are_accepted() -> None:
    """Each block of YAML in README.md is a watch-list, or the part of one."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 3
    for block in blocks:
        rest = "" if "keywords:" in block or "watches:" in block else "keywords: [Austin]\n"
        assert complaints(File.WATCH_LIST, rest + block) == []


GRAMMAR = (
    "operators are written in capitals",
    "parenthesis is not closed",
    "something is missing",
    "there is no field",
    "is no language",
    "this query holds for every story",
    "is no operator",
    "near NEAR|NEAR there can",
    "cannot stand within",
    "can only stand|can only end",
    "nothing stands between",
    "names no office",
    "is no person of the register",
)
# What `draht check` alone can tell: it takes the register, a table, a query's grammar or two places.
BEYOND = re.compile(
    "|".join(
        (
            "holds a character that cannot be shown",
            "is already (used|described) in line",
            'no entry of "channels" describes it',
            "names no known country",
            "is neither an office nor a person of the register",
            " may be .* or ",
            "is not a known time zone",
            "must be between 1s and 36500d",
            "is the feed of line",
            "lies before the start",
            "was .* times",
            "whose contacts Draht does not know",
            *GRAMMAR,
        )
    )
)


def shaped(case: Case, file: File) -> list[str]:
    """Give what is said of a file of a case, but for what its shape alone cannot tell."""
    own = (line for line in case.problems.splitlines() if line.startswith(f"config/{file}.yaml:"))
    return [line for line in own if ": error: " in line and not BEYOND.search(line)]


FILES_OF_CASES = [
    (File(name.removesuffix(".yaml")), text, case)
    for case in cases(BROKEN, DOUBTFUL)
    for name, text in case.files
    if (read := parse(text))[0] is not None and not read[1]
]


@pytest.mark.parametrize(
    ("file", "text", "case"),
    FILES_OF_CASES,
    ids=[f"{case.title}: {file}" for file, _, case in FILES_OF_CASES],
)
def test_what_draht_check_refuses_for_its_shape_the_schema_refuses(file: File, text: str, case: Case) -> None:
    """Of the book of broken files each one that is YAML, and it refuses none for anything else."""
    assert bool(complaints(file, text)) == bool(shaped(case, file))


def test_enough_of_the_book_is_refused_for_its_shape() -> None:
    """The book is not passed over."""
    assert len(FILES_OF_CASES) >= 60
    assert sum(bool(complaints(file, text)) for file, text, _ in FILES_OF_CASES) >= 45


@pytest.mark.parametrize(
    ("key", "file", "codes"),
    [("country", File.HOLDERS, countries()), ("language", File.FEEDS, languages())],
)
def test_codes_are_taken_in_any_case(key: str, file: File, codes: frozenset[str]) -> None:
    """Every code, small and in capitals, and no other word of two letters."""
    (found,) = (each["properties"][key] for each in objects(schema(file)) if key in each["properties"])
    validator = Draft202012Validator(found)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = {first + second for first in letters for second in letters}
    known = {code.lower() for code in codes}
    assert {word for word in words if validator.is_valid(word)} == known
    assert {word for word in words if validator.is_valid(word.upper())} == known
    assert {word for word in words if validator.is_valid(word.title())} == known
    assert not any(map(validator.is_valid, ("", "d", "deu", " de", "de ")))


def test_null_stands_only_where_it_says_something() -> None:
    """A holder's day may be open, and the list of feeds may be commented out; nothing else may be null."""
    nullable = {
        (file, key)
        for file, models in MODELS.items()
        for model in models
        for key in model.model_fields
        if Draft202012Validator(described(file, model, key)).is_valid(None)
    }
    assert nullable == {(File.HOLDERS, "start"), (File.HOLDERS, "end"), (File.FEEDS, "feeds")}
