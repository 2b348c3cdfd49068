"""A measure together with those it must be read with: an efficiency never stands without its outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relevo.answers.measures import MeasureAnswer, show_asked
from relevo.answers.reading import Reading
from relevo.base.errors import RelevoError, WrongUse
from relevo.measures.card import Kind

Asked = Mapping[str, Sequence[str]]
# Where a partner cannot be cut or windowed as the measure is, it answers for the same months, else its usual question.
_SHARED = (("by", "from", "to", "months", "grain", "view", "where"), ("from", "to"), ())


@dataclass(frozen=True)
class Partner:
    """What one partner answered to the same question, or why it did not; `asked` are the parameters it could take."""

    measure: str
    kind: str
    asked: Mapping[str, tuple[str, ...]]
    answer: MeasureAnswer | None
    refused: str


@dataclass(frozen=True)
class Paired:
    """A measure's answer and its partners; none beside an outcome or a context, which may stand alone."""

    answer: MeasureAnswer
    partners: tuple[Partner, ...]


def paired(reading: Reading, name: str, asked: Asked, *, raw: bool = False) -> Paired:
    """A measure asked with text parameters, an efficiency with its partners unless it is asked `raw`.

    Whoever asks raw takes the figure away alone, which the surface writes down as an export.
    """
    answer = show_asked(reading, name, asked)
    if raw or answer.kind != Kind.EFFICIENCY:
        return Paired(answer, ())
    return Paired(answer, tuple(_partner(reading, other, asked) for other in answer.read_with))


def _partner(reading: Reading, name: str, asked: Asked) -> Partner:
    refused = ""
    for known in _SHARED:
        told = {key: tuple(values) for key, values in asked.items() if key in known}
        try:
            answer = show_asked(reading, name, told)
        except WrongUse as problem:
            refused = str(problem)
        except RelevoError as problem:
            return Partner(name, "", told, None, str(problem))
        else:
            return Partner(name, answer.kind, told, answer, "")
    return Partner(name, "", {}, None, refused)
