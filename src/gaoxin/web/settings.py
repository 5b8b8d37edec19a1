"""Django's settings, all of them from the environment (运行设置); the variables are read in `environment.py`.

Debug is off unless GAOXIN_DEBUG says so. A demonstration (GAOXIN_DEMO) needs GAOXIN_DEBUG for plain http and
shows none of Django's technical pages: its visitors are strangers to the code.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from gaoxin.web import environment

BASE = Path(__file__).resolve().parent
HOME = environment.home()

# --- mode

PLAIN_HTTP = environment.flag(
    "GAOXIN_DEBUG"
)  # this machine alone: no https, style sheets from where they lie
DEMO = environment.demo(PLAIN_HTTP)
DEBUG = PLAIN_HTTP and not DEMO
SECRET_KEY = environment.secret_key(PLAIN_HTTP)
BEHIND_PROXY = environment.flag("GAOXIN_BEHIND_PROXY")
TRUSTED_PROXIES = environment.networks("GAOXIN_TRUSTED_PROXIES", default="127.0.0.0/8 ::1/128")
_LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = environment.words("GAOXIN_ALLOWED_HOSTS") or _LOCAL_HOSTS
CSRF_TRUSTED_ORIGINS = environment.words("GAOXIN_CSRF_TRUSTED_ORIGINS")

# --- house

ROOT_URLCONF = "gaoxin.web.urls"
WSGI_APPLICATION = "gaoxin.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "gaoxin.web.accounts",
    "gaoxin.web.ledger",
    "gaoxin.web.imports",
    "gaoxin.web.operations",
    "gaoxin.web.objections",
    "gaoxin.web.drafts",
    "gaoxin.web.eligibility",
    "gaoxin.web.pages",
]
MIDDLEWARE = [
    "gaoxin.web.middleware.RequestId",
    "csp.middleware.CSPMiddleware",  # before all that answers by itself: static files, redirects to https
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gaoxin.web.operations.door.HealthFirst",  # before all that needs the database
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gaoxin.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "gaoxin.web.accounts.passwords.FirstPassword",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gaoxin.web.middleware.RefusalsInWords",
    "gaoxin.web.middleware.BodyLimit",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gaoxin.web.accounts.context.reader",
                "gaoxin.web.pages.frame.frame",
            ],
        },
    },
]

# --- database: one, chosen by DATABASE_URL

DATABASES = {"default": environment.database(os.environ.get("DATABASE_URL"), HOME)}

# --- language and time: Chinese first, English one click away

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- who may enter

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "gaoxin.web.accounts.lockout.Doorkeeper"
AXES_FAILURES_PER_ADDRESS = 30  # of all names together; an office behind one address mistypes too
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the waiting time that was told is kept
AXES_CLIENT_IP_CALLABLE = "gaoxin.web.accounts.addresses.client_address"
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "gaoxin.web.accounts.views.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are audit events
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "gaoxin_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "gaoxin_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gaoxin.web.refusals.stale_form"
LANGUAGE_COOKIE_NAME = "gaoxin_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- what the browser may do

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if not PLAIN_HTTP:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = False
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = not PLAIN_HTTP
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

# --- static files and uploads

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [BASE / "static"]
_STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if PLAIN_HTTP
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "uploads"},
    },
    "staticfiles": {"BACKEND": _STATIC_STORAGE},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = PLAIN_HTTP
WHITENOISE_AUTOREFRESH = PLAIN_HTTP
UPLOAD_LIMIT = 100 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # form fields, files not counted
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_PERMISSIONS = 0o600

# --- logs: one JSON object a line on the error stream

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "gaoxin.web.logs.RequestFilter"}},
    "formatters": {"json": {"()": "gaoxin.web.logs.Lines"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "json",
            "filters": ["request"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO" if not PLAIN_HTTP else "WARNING"},
    "loggers": {
        # on one's own machine the screen is for people: nothing but what went wrong
        "gaoxin": {"level": "INFO" if not PLAIN_HTTP else "WARNING"},
        "django.request": {"level": "WARNING" if not PLAIN_HTTP else "ERROR"},
        "axes": {"level": "WARNING"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
