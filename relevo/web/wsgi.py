"""The WSGI application, for gunicorn or any other server: `relevo.web.wsgi:application`, with RELEVO_HOME set.

Import it in the process that answers, after any fork: the book is opened here, and the first answers are prepared
while the server already listens.
"""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relevo.settings")

application = get_wsgi_application()


def _warm() -> None:
    from relevo.web.warming import keep_warm  # needs Django to be set up, which was done above

    keep_warm()


threading.Thread(target=_warm, name="warm", daemon=True).start()
