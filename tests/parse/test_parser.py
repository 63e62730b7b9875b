import warnings
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from newsclaims.parse import parser as parse_module
from newsclaims.parse.parser import ModelError, Parser
from newsclaims.text.tokens import Tokens
from newsclaims.text.view import CleanView
from spacy.language import Language

TEXT = "Ana Popescu met reporters in Oslo.\n\nFormer mayors\n-\nIon Rusu, of Bergen"


def labels(tokens: Tokens) -> list[tuple[str, str]]:
    return [
        (tokens.text[tokens.starts[start] : tokens.ends[end - 1]], label)
        for start, end, label in tokens.entities
    ]


@given(st.text(max_size=80))
@settings(max_examples=60)
def test_a_parse_holds_the_very_text_of_the_view(parser: Parser, text: str) -> None:
    assert next(parser.parse([text])).text == CleanView(text).text


def test_line_ends_close_sentences(parse: Callable[[str], Tokens]) -> None:
    bounds = pairwise([*parse(TEXT).sentences, None])
    sentences = [TEXT[start:end].strip() for start, end in bounds]
    assert sentences == TEXT.replace("\n\n", "\n").split("\n")


def test_a_parse_has_what_the_rooms_read_and_nothing_that_costs_more(parser: Parser) -> None:
    assert set(parser.nlp.pipe_names) == {"tok2vec", "tagger", "parser", "ner"}
    tokens = next(parser.parse([TEXT]))
    assert all(tokens.tags)
    assert all(tokens.deps)
    assert tokens.entities


def test_annotations_do_not_depend_on_what_is_parsed_together(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{TEXT} {word * 3}" for word in ("Paris ", "and ", "Ito Ken ", "x ", "1990 ")]
    alone = [labels(next(parser.parse([text]))) for text in texts]
    assert [labels(tokens) for tokens in parser.parse(texts)] == alone
    monkeypatch.setattr(parse_module, "BATCH_SIZE", 2)
    assert [labels(tokens) for tokens in parser.parse(texts)] == alone


def test_long_texts_are_parsed_in_pieces_with_offsets_joined(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join([TEXT] * 4)
    monkeypatch.setattr(parse_module, "LONGEST_PIECE", 100)
    tokens = next(parser.parse([text]))
    assert tokens.text == text
    assert tokens.texts[-1] == "Bergen"
    assert [name for name, _ in labels(tokens)].count("Ana Popescu") == 4


def test_a_missing_model_says_how_to_install_it() -> None:
    with pytest.raises(ModelError, match="pip install en-core-web-none"):
        Parser("en_core_web_none")


def test_the_default_model_loads_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Parser().nlp.meta["version"] == "3.7.1"


def test_the_spellings_of_a_model_are_read_only_where_they_are_needed(
    parser: Parser, tmp_path: Path
) -> None:
    assert len(parser.nlp.vocab.strings) < 100_000 < len(Parser(fast=False).nlp.vocab.strings)
    nlp = spacy.load(custom_model(tmp_path / "m", ["PERSON"], "tagger", "parser", "ner"))
    nlp.vocab.strings.add("an invented word")
    nlp.to_disk(tmp_path / "m")
    assert "an invented word" not in Parser(str(tmp_path / "m")).nlp.vocab.strings
    nlp.add_pipe("entity_ruler")
    nlp.to_disk(tmp_path / "m")
    assert "an invented word" in Parser(str(tmp_path / "m")).nlp.vocab.strings


def test_words_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = Parser()
    list(parser.parse(["Zorvik Alben"]))
    monkeypatch.setattr(parse_module, "_WORDS_KEPT", len(parser.nlp.vocab))
    assert next(parser.parse(["Another Marvik"])).texts == ["Another", "Marvik"]
    assert "Zorvik" in parser.nlp.vocab
    assert "Marvik" not in parser.nlp.vocab


def custom_model(folder: Path, scheme: list[str], *components: str) -> str:
    nlp: Language = spacy.blank("en")
    for component in components:
        pipe = nlp.add_pipe(component)
        for label in {"ner": scheme, "tagger": ["NN"], "parser": ["ROOT"]}[component]:
            pipe.add_label(label)
    nlp.initialize()
    nlp.to_disk(folder)
    return str(folder)


def test_a_missing_component_is_named_with_the_rooms_that_need_it(tmp_path: Path) -> None:
    model = custom_model(tmp_path / "m", ["PERSON"], "tagger", "ner")
    with pytest.raises(ModelError, match="no 'parser', which roles and statements need"):
        _ = Parser(model).nlp


def test_labels_outside_known_schemes_need_a_map(tmp_path: Path) -> None:
    components = ("tagger", "parser", "ner")
    model = custom_model(tmp_path / "m", ["HUMAN", "TOWN"], *components)
    with pytest.raises(ModelError, match=r"HUMAN, TOWN.*--label-map HUMAN=PERSON"):
        _ = Parser(model).nlp
    with pytest.raises(ModelError, match=r"OntoNotes does not have: \['BODY'\]"):
        _ = Parser(model, label_map={"HUMAN": "BODY", "TOWN": "GPE"}).nlp
    assert Parser(model, label_map={"HUMAN": "PERSON", "TOWN": ""}).nlp
    assert Parser(custom_model(tmp_path / "c", ["PER", "LOC", "MISC"], *components)).nlp


def test_mapped_labels_arrive_as_ontonotes_labels(parser: Parser) -> None:
    mapped = Parser(label_map={"GPE": "LOC", "PERSON": ""})
    found = labels(next(mapped.parse([TEXT])))
    assert ("Oslo", "LOC") in found
    assert "Ana Popescu" not in dict(found)
    assert mapped.identity != parser.identity


@pytest.mark.parametrize("mark", ['"', "word"])
def test_stretches_without_white_space_take_time_that_grows_with_their_length(
    parser: Parser, mark: str
) -> None:
    text = "Ana Popescu said " + mark * 2_000 + " and left. " + mark * 400 + " She said so."
    assert next(parser.parse([text])).text == text


@pytest.fixture(scope="module")
def loaded() -> Language:
    """A pipeline as users load it, with components that the rules do not read."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        nlp = spacy.load(parse_module.model_directory(parse_module.DEFAULT_MODEL))
    nlp.add_pipe("sentencizer", name="of_the_user")
    return nlp


def test_a_loaded_pipeline_parses_as_its_name_does_and_stays_as_it_is(
    parser: Parser, loaded: Language
) -> None:
    before = (loaded.pipe_names, loaded.disabled, len(loaded.vocab.strings))
    tokens = next(Parser(loaded).parse([TEXT]))
    assert tokens == next(parser.parse([TEXT]))
    assert (loaded.pipe_names, loaded.disabled) == before[:2]
    assert "of_the_user" in loaded.pipe_names


def test_a_loaded_pipeline_may_be_in_a_memory_zone_of_its_user(loaded: Language) -> None:
    with loaded.memory_zone():
        assert next(Parser(loaded).parse([TEXT])).entities


def test_a_loaded_pipeline_is_checked_when_it_is_given(loaded: Language, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="'en_pipeline' has no 'tagger', which"):
        Parser(spacy.blank("en"))
    with pytest.raises(ModelError, match="of the language 'de'"):
        Parser(spacy.blank("de"))
    with pytest.raises(ModelError, match="of type int, not a name, a path or a spaCy pipeline"):
        Parser(3)  # type: ignore[arg-type]
    with pytest.raises(ModelError, match="a parse cache needs a model given by name"):
        Parser(loaded, cache=parse_module.ParseCache(tmp_path))
    with loaded.select_pipes(disable="ner"), pytest.raises(ModelError, match="has no 'ner'"):
        Parser(loaded)
