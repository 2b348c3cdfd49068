"""What every measure is for, in plain words: one purpose per measure of the catalog."""

from collections.abc import Mapping

from relevo.answers.purposes.ahead import AHEAD
from relevo.answers.purposes.economics import ECONOMICS
from relevo.answers.purposes.keeping import KEEPING
from relevo.answers.purposes.load import CARRYING
from relevo.answers.purposes.promised import PROMISED
from relevo.answers.purposes.purpose import Purpose
from relevo.answers.purposes.relay import RELAY
from relevo.answers.purposes.selling import SELLING
from relevo.answers.purposes.support import SUPPORT

__all__ = ["PURPOSES", "Purpose"]

_ALL = (KEEPING, AHEAD, ECONOMICS, SELLING, RELAY, PROMISED, SUPPORT, CARRYING)
PURPOSES: Mapping[str, Purpose] = {name: purpose for part in _ALL for name, purpose in part.items()}
