"""What a mode returns, as its file declares it: a schema for the model, and the rules that code holds its texts to."""

import keyword
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from mockloop.modes.template import BadMode

MOST_ITEMS = 40
_CHARACTERS_PER_WORD = 12


class Returned(BaseModel):
    """One field. `words` bounds each of its texts.

    `grounded_in` names inputs and material that a text must stay within, `quoted_from` material in which it must stand
    word for word. What breaks a rule is left out; an `optional` text may then be empty, any other takes what it belongs
    to with it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["text", "texts", "choice", "flag", "number", "items"]
    about: str = ""
    words: int | None = Field(None, gt=0)
    least: int = Field(0, ge=0, description="of a list: its entries; of a number: its value")
    most: int = Field(MOST_ITEMS, ge=0)
    options: tuple[str, ...] = ()
    optional: bool = False
    grounded_in: tuple[str, ...] = ()
    quoted_from: str = ""
    fields: dict[str, "Returned"] = Field(default_factory=dict, description="of each item")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        texts = self.type in ("text", "texts")
        if texts != (self.words is not None) or ((self.grounded_in or self.quoted_from) and not texts):
            raise ValueError("texts, and only they, have a limit of words and may be grounded or quoted")
        if (self.type == "choice") != bool(self.options) or (self.type == "items") != bool(self.fields):
            raise ValueError("a choice has options, items have fields, and nothing else does")
        if len(self.options) != len(set(self.options)):
            raise ValueError("options differ")
        if self.least > self.most or (self.type in ("texts", "items") and self.most > MOST_ITEMS):
            raise ValueError(f"least <= most, and no list has more than {MOST_ITEMS} entries")
        return self


def schema_of(name: str, returned: Mapping[str, Returned]) -> type[BaseModel]:
    """A model with these fields, in this order: the order in which a language model thinks. Raises `BadMode`."""
    fields: dict[str, Any] = {}
    for field, one in returned.items():
        taken = field.startswith(("_", "model_")) or hasattr(BaseModel, field)
        if not field.isidentifier() or keyword.iskeyword(field) or taken:
            raise BadMode(f"{name}: {field} is no name for a field")
        fields[field] = (_type_of(f"{name}_{field}", one), Field(description=_described(one)))
    title = "".join(part.capitalize() for part in name.split("_"))
    return create_model(title, __config__=ConfigDict(extra="forbid"), **fields)


def _type_of(name: str, one: Returned) -> Any:
    match one.type:
        case "text":
            return _text(one)
        case "texts":
            return Annotated[list[_text(one)], Field(min_length=one.least, max_length=one.most)]  # type: ignore[misc]
        case "choice":
            return Literal[one.options]
        case "flag":
            return bool
        case "number":
            return Annotated[int, Field(ge=one.least, le=one.most)]
        case "items":
            item = schema_of(name, one.fields)
            return Annotated[list[item], Field(min_length=one.least, max_length=one.most)]  # type: ignore[valid-type]


def _text(one: Returned) -> Any:
    """Four times the words are room for a slip that is sent back, not for a book."""
    return Annotated[str, Field(max_length=4 * (one.words or 1) * _CHARACTERS_PER_WORD)]


def _described(one: Returned) -> str:
    return " ".join(part for part in (one.about, f"At most {one.words} words." if one.words else "") if part)
