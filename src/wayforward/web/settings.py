"""The one settings module. Every choice is an environment variable WAYFORWARD_*, listed in docs/operations.md."""

import os

from wayforward.web import given, logs
from wayforward.web.assets import built_folder
from wayforward.web.secret import secret_key

HOME = given.home_folder(os.environ.get("WAYFORWARD_HOME", ""))
URL = os.environ.get("WAYFORWARD_URL", "http://127.0.0.1:8000")
BEHIND_PROXY = os.environ.get("WAYFORWARD_BEHIND_PROXY", "") == "yes"
DEBUG = os.environ.get("WAYFORWARD_DEBUG", "") == "yes"
SECRET_KEY = secret_key(HOME, os.environ.get("WAYFORWARD_SECRET_KEY", ""))

_address = given.address(URL)
ALLOWED_HOSTS = [_address.hostname or "127.0.0.1", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_address.scheme}://{_address.netloc}"]

INSTALLED_APPS = [
    "wayforward.records",
    "wayforward.exercise",
    "wayforward.finance",
    "wayforward.scope",
    "wayforward.baseline",
    "wayforward.alignment",
    "wayforward.comparison",
    "wayforward.options",
    "wayforward.engagement",
    "wayforward.demand",
    "wayforward.appraisal",
    "wayforward.people",
    "wayforward.jobs",
    "wayforward.pages",
    "wayforward.report",
    "wayforward.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "wayforward.web.logs.logged",
    "wayforward.web.metrics.counted",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wayforward.web.headers.security_headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wayforward.web.headers.bounded",
    "wayforward.web.health.before_the_host_is_checked",
    "wayforward.web.metrics.before_the_host_is_checked",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "wayforward.web.accounts.lasting.limited",
    "wayforward.web.api.bearer.token_in_place_of_a_person",
    "wayforward.web.headers.SignInRequired",
    "wayforward.web.accounts.lasting.SecondFactorRequired",
    "wayforward.pages.withheld.commercial_is_withheld",
    "wayforward.pages.register.otherwise.told_otherwise",
]

ROOT_URLCONF = "wayforward.web.urls"
WSGI_APPLICATION = "wayforward.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "wayforward.web.problems.form_expired"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Signing in, as django-allauth does it (docs/decisions/0014-accounts.md): its addresses are web/accounts/urls.py, and
# its own counting of failed tries is off, for web/throttle.py counts them all.
ACCOUNT_ADAPTER = "wayforward.web.accounts.adapters.Accounts"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "wayforward.web.accounts.adapters.Factors"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is the operator's or the director's word
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Wayforward"
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute out
MFA_FORMS = {
    "authenticate": "wayforward.web.accounts.forms.SignInCode",
    "reauthenticate": "wayforward.web.accounts.forms.ConfirmingCode",
    "activate_totp": "wayforward.web.accounts.forms.FirstCode",
}
SECOND_FACTOR_REQUIRED = os.environ.get("WAYFORWARD_SECOND_FACTOR", "") == "required"

# E-mail: invitations and links for a new password. Without a mail server whoever gives a link passes it on.
vars().update(given.mail(os.environ.get("WAYFORWARD_EMAIL_URL", "").strip()))
SENDS_MAIL = "WAYFORWARD_EMAIL_URL" in os.environ and bool(os.environ["WAYFORWARD_EMAIL_URL"].strip())
DEFAULT_FROM_EMAIL = os.environ.get("WAYFORWARD_EMAIL_FROM", "") or f"wayforward@{_address.hostname}"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": given.database(os.environ.get("DATABASE_URL", "").strip(), HOME)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE, WAL and a long timeout: without them two writers get errors (docs/decisions/).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME / "cache"),
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_BUILT = built_folder()  # GOV.UK styles, the typeface and the chart script, made at set-up
STATICFILES_DIRS = [STATIC_BUILT] if STATIC_BUILT.exists() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600

# What goes wrong is told on standard error, which the server's own log keeps.
LOG = given.one_of("WAYFORWARD_LOG", os.environ.get("WAYFORWARD_LOG", ""), ("plain", "json"))
LOGGING = logs.configuration(LOG)
METRICS_TOKEN = given.token("WAYFORWARD_METRICS_TOKEN", os.environ.get("WAYFORWARD_METRICS_TOKEN", ""))

# A public address by https turns hardening on; plain http is for one machine's own use. Nobody but a web server in
# front can speak https here, and only once the operator says that it is there is it believed what it tells.
HAS_PROXY = _address.scheme == "https"
if HAS_PROXY:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000  # of this host alone: others may share its domain
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]  # a monitor on the machine asks by plain http
    SECURE_SSL_REDIRECT = BEHIND_PROXY
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 3600 * given.whole(
    "WAYFORWARD_SESSION_HOURS", os.environ.get("WAYFORWARD_SESSION_HOURS", ""), 12, least=1
)
IDLE_MINUTES = given.whole("WAYFORWARD_IDLE_MINUTES", os.environ.get("WAYFORWARD_IDLE_MINUTES", ""), 180)
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # an invitation; web/passwords.py gives other links a day
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # HSTS for subdomains, and in browsers' own lists
