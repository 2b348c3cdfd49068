"""Answers and reasons of ratings in words."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from relevo.base.scales import Answer
from relevo.web.labels import Names

ANSWERS: Names = {
    Answer.GREAT: pgettext_lazy("rating", "Great"),
    Answer.OKAY: pgettext_lazy("rating", "Okay"),
    Answer.NOT_GOOD: pgettext_lazy("rating", "Not good"),
}
# The usual reasons; a company's own are written as it wrote them.
REASONS: Names = {
    "product": gettext_lazy("The product"),
    "price": gettext_lazy("The price"),
    "policy": gettext_lazy("Your rules"),
    "answer": gettext_lazy("The answer itself"),
    "time": gettext_lazy("The time it took"),
    "other": gettext_lazy("Something else"),
}
