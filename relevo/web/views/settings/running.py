"""Settings, running: what runs by itself, and a test of the mail server."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.running import check_may_try_mail, running
from relevo.jobs.clock import now
from relevo.jobs.mail import is_set_up
from relevo.web.reader import home, reading_of
from relevo.web.running import running_grid, running_news
from relevo.web.views.settings.tabs import settings_page


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The jobs with their last runs, what is not well, and a button that sends a test mail."""
    reading = reading_of(request)
    check_may_try_mail(reading)
    told = running(reading, now())
    is_ready = is_set_up(home())
    state = _("A mail server is set up.") if is_ready else _("No mail server is set up: write [mail] in relevo.toml.")
    page = {"jobs": running_grid(told), "running_news": running_news(told), "mail_state": state, "is_ready": is_ready}
    return settings_page(request, "running", page)
