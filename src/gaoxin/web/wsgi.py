"""The door for web servers: `granian --interface wsgi gaoxin.web.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from gaoxin.web import environment

environment.make_home()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaoxin.web.settings")
application = get_wsgi_application()
