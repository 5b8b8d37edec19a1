"""The workbench's own settings in a place of its own: no test touches ./var or a real database.

GAOXIN_TEST_DATABASE_URL runs the same tests on another database server.
"""

import os
import tempfile

os.environ.update(
    GAOXIN_HOME=tempfile.mkdtemp(prefix="gaoxin-test-"),
    GAOXIN_SECRET_KEY="only-for-tests-only-for-tests-only-for-tests",
    GAOXIN_DEBUG="1",  # plain static files, cookies without https
    GAOXIN_DEMO="",
    DATABASE_URL=os.environ.get("GAOXIN_TEST_DATABASE_URL", ""),
)

from gaoxin.web.settings import *  # noqa: F403
from gaoxin.web.settings import DATABASES, HOME

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, as in real life: two connections to a database in memory lock each other out in another way
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
