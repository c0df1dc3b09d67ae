"""What one provider is doing in one call: the text so far, tokens, and when the first text came."""

from collections.abc import Callable
from dataclasses import dataclass, field

from mockloop.llm.port import Prompt, Provider, Role, Usage

CHARACTERS_PER_TOKEN = 4
"""An estimate, used only where a provider gave no figures."""


@dataclass
class Meter:
    """Counts over all tries of one provider. `now`: seconds of a clock that never goes back."""

    provider: Provider
    role: Role
    prompt: Prompt
    now: Callable[[], float]
    begun_s: float = 0.0
    first_s: float | None = None
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    pieces: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begun_s = self.now()

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def take(self, piece: str) -> None:
        """The next piece of text has come."""
        if self.first_s is None:
            self.first_s = self.now() - self.begun_s
        self.pieces.append(piece)

    def charge(self, input_tokens: int, cached_tokens: int, output_tokens: int, written: str = "") -> None:
        """Add what one try cost. `written`: its text, from which missing figures are estimated."""
        if written:
            told = sum(map(len, (self.prompt.instructions, *self.prompt.parts)))
            input_tokens = input_tokens or told // CHARACTERS_PER_TOKEN
            output_tokens = max(output_tokens, 1, len(written) // CHARACTERS_PER_TOKEN if output_tokens <= 1 else 0)
        self.input_tokens += input_tokens
        self.cached_tokens += cached_tokens
        self.output_tokens += output_tokens

    def usage(self, faults: list[str], earlier: list[Usage] | None = None, *, faults_before: int = 0) -> Usage:
        """The account of this provider so far. `faults` as `Usage` has them."""
        return Usage(
            provider=self.provider.name,
            model=self.provider.models.get(self.role, ""),
            input_tokens=self.input_tokens,
            cached_tokens=self.cached_tokens,
            output_tokens=self.output_tokens,
            first_s=self.first_s,
            total_s=self.now() - self.begun_s,
            faults=tuple(faults),
            earlier=tuple(earlier or ()),
            own=self.provider.own,
            faults_before=faults_before,
        )
