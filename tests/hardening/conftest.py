"""Pages of the small company, as the tests of the web see them."""

from tests.web.conftest import owner, served

__all__ = ["owner", "served"]
