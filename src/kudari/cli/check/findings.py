"""What a check found, counted and grouped."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kudari.cli.check.namespace import Symbol, look_up
from kudari.cli.check.sources import Unreadable
from kudari.cli.check.uses import Use


@dataclass(frozen=True)
class Place:
    """Where in a program something stands."""

    file: str
    line: int
    cell: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.cell is None else f"{self.file}:cell {self.cell}:{self.line}"


@dataclass(frozen=True)
class Missing:
    """A symbol Kudari does not have, or a keyword that a symbol it has does not take."""

    symbol: str
    keyword: str | None = None

    def __str__(self) -> str:
        return self.symbol if self.keyword is None else f"{self.symbol}({self.keyword}=)"


@dataclass
class Findings:
    """The result of a check.

    Attributes:
        files: How many files were read.
        uses: How many uses of TensorFlow's names they hold.
        covered: How many of those Kudari has, with every keyword.
        symbols: The names used.
        missing: Where each missing thing is used.
        unreadable: What could not be parsed.
    """

    files: int = 0
    uses: int = 0
    covered: int = 0
    symbols: set[str] = field(default_factory=set)
    missing: dict[Missing, list[Place]] = field(default_factory=dict)
    unreadable: list[Unreadable] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of the uses that is covered, from 0 to 1."""
        return self.covered / self.uses if self.uses else 1.0

    @property
    def complete(self) -> bool:
        """Whether everything could be read and nothing is missing."""
        return not self.missing and not self.unreadable

    def most_used_first(self) -> list[tuple[Missing, list[Place]]]:
        """Return what is missing, the most used first."""
        return sorted(self.missing.items(), key=lambda item: (-len(item[1]), str(item[0])))

    def add(self, uses: Iterable[Use]) -> None:
        """Count `uses` in."""
        for use in uses:
            missing = self._judge(use)
            self.uses += 1
            self.covered += not missing
            for what in missing:
                self.missing.setdefault(what, []).append(Place(use.file, use.line, use.cell))

    def _judge(self, use: Use) -> list[Missing]:
        symbol = _best([look_up(path) for path in use.paths])
        self.symbols.add(symbol.path)
        if not symbol.exists:
            return [Missing(f"tf.{symbol.path}")]
        return [Missing(f"tf.{symbol.path}", word) for word in use.keywords if not symbol.accepts(word)]


def _best(symbols: list[Symbol]) -> Symbol:
    return next((symbol for symbol in symbols if symbol.exists), symbols[0])
