"""Every setting, read once from the environment or from the running `make run`.

Order: the environment, then `DATA_DIR/runtime.json` (written by `make run`), then a default. A value
that makes no sense stops the start. Importing this module creates nothing and contacts nobody.
"""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR") or BASE_DIR / "data").resolve()


def _runtime() -> dict[str, Any]:
    path = DATA_DIR / "runtime.json"
    if not os.access(path, os.R_OK):
        return {}
    found = json.loads(path.read_text())
    return found if isinstance(found, dict) else {}


RUNTIME = _runtime()


def _text(name: str, default: str = "") -> str:
    """The setting `name`, from `name`, from the file that `name_FILE` names, or from runtime.json."""
    if value := os.environ.get(name):
        return value
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    return str(RUNTIME.get(name.lower(), default))


def _number(name: str, default: int, *, least: int = 0) -> int:
    raw = _text(name, str(default))
    if not raw.isdigit() or int(raw) < least:
        raise ImproperlyConfigured(f"{name}={raw!r}: use a whole number, {least} or more.")
    return int(raw)


def _flag(name: str, *, default: bool) -> bool:
    raw = _text(name, "1" if default else "0")
    if raw not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name}={raw!r}: use 0 or 1.")
    return raw == "1"


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL: use postgres://user:password@host:port/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.strip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


# Nobody listens on port 1: without a server the first query says so, and manage.py turns that into words.
DATABASE_URL = _text("DATABASE_URL", "postgres://labelapp@127.0.0.1:1/labelapp")
DATABASES = {"default": _database(DATABASE_URL)}
REDIS_URL = _text("REDIS_URL", "redis://127.0.0.1:1/0")

DEBUG = _flag("DEBUG", default=False)
# Commands such as `makemigrations --check` need no secret; a web process without one refuses to start.
SECRET_KEY = _text("SECRET_KEY", "not-a-secret-only-for-commands-without-a-server")
HOST = _text("HOST", "127.0.0.1")
PORT = _number("PORT", 8000, least=1)
ALLOWED_HOSTS = [
    *("localhost", "127.0.0.1", "[::1]"),  # always: readiness is asked from this machine
    *(host for host in _text("ALLOWED_HOSTS").split(",") if host),
    *([HOST] if HOST not in {"0.0.0.0", "::"} else []),  # noqa: S104 (compared, not bound)
]
CSRF_TRUSTED_ORIGINS = [origin for origin in _text("CSRF_TRUSTED_ORIGINS").split(",") if origin]
BEHIND_TLS = _flag("BEHIND_TLS", default=False)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "labelapp.api",
    "labelapp.accounts",
    "labelapp.catalog",
    "labelapp.imports",
    "labelapp.local",
    "ml.registry",
    "ml.masks",
    "ml.runs",
    "ml.lessons",
    "ml.alike",
    "qa.jobs",
    "qa.verification",
    "qa.segmentation",
    "qa.correction",
    "qa.thresholds",
    "qa.exports",
]
MIDDLEWARE = [
    "labelapp.api.middleware.RequestIdMiddleware",
    "labelapp.logs.AccessLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "labelapp.api.middleware.PagePolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "labelapp.api.middleware.SlashMiddleware",
    "labelapp.api.middleware.LengthMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
ROOT_URLCONF = "labelapp.urls"
WSGI_APPLICATION = "labelapp.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

# People and sessions
AUTH_USER_MODEL = "accounts.User"
# The name is unique without regard to case, by a constraint this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.E003"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 8 * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "labelapp.api.handler.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Two installations on one host (other PORT) must not sign each other out.
SESSION_COOKIE_NAME = f"labelapp_session_{PORT}"

# Pages
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
STATIC_URL = "/static/"
FRONTEND_DIST = BASE_DIR / "frontend" / "dist"
WHITENOISE_ROOT = FRONTEND_DIST if FRONTEND_DIST.is_dir() else None
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[\w-]{8,}\.\w+$"

# Pictures and files. `pictures` holds originals by content, `cache` what can be made again.
PICTURE_STORAGE = _text("PICTURE_STORAGE", "local")
if PICTURE_STORAGE not in {"local", "s3"}:
    raise ImproperlyConfigured(f"PICTURE_STORAGE={PICTURE_STORAGE!r}: use local or s3.")
S3_OPTIONS: dict[str, Any] = {
    "access_key": _text("S3_ACCESS_KEY") or None,
    "secret_key": _text("S3_SECRET_KEY") or None,
    "endpoint_url": _text("S3_ENDPOINT_URL") or None,
    "region_name": _text("S3_REGION") or None,
    "addressing_style": "path",
    "signature_version": "s3v4",
    "querystring_expire": 300,
    "file_overwrite": False,
}
_LOCAL = "django.core.files.storage.FileSystemStorage"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": _LOCAL, "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "pictures": (
        {"BACKEND": _LOCAL, "OPTIONS": {"location": DATA_DIR / "pictures"}}
        if PICTURE_STORAGE == "local"
        else {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {**S3_OPTIONS, "bucket_name": _text("S3_BUCKET")},
        }
    ),
    "thumbnails": {"BACKEND": _LOCAL, "OPTIONS": {"location": DATA_DIR / "thumbnails"}},
    "uploads": {"BACKEND": _LOCAL, "OPTIONS": {"location": DATA_DIR / "uploads"}},
    "exports": {"BACKEND": _LOCAL, "OPTIONS": {"location": DATA_DIR / "exports"}},
    "models": (
        {"BACKEND": _LOCAL, "OPTIONS": {"location": DATA_DIR / "files" / "models"}}
        if PICTURE_STORAGE == "local"
        else {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {**S3_OPTIONS, "bucket_name": _text("S3_BUCKET"), "location": "models"},
        }
    ),
}
IMAGE_ROOTS = [
    Path(root).resolve()
    for root in _text("IMAGE_ROOTS", str(DATA_DIR / "incoming")).split(os.pathsep)
    if root
]

# Masks. What ships lies in `ml/weights`; `WEIGHTS_DIR` is for files that people bring along.
WEIGHTS_DIR = Path(_text("WEIGHTS_DIR", str(DATA_DIR / "weights"))).resolve()
SEGMENTER = _text("SEGMENTER", "dextr-lite")
MASK_THREADS = _number("MASK_THREADS", min(os.cpu_count() or 1, 4), least=1)
MASK_DEVICE = _text("MASK_DEVICE", "auto")
if MASK_DEVICE not in {"auto", "cpu", "cuda"}:
    raise ImproperlyConfigured(f"MASK_DEVICE={MASK_DEVICE!r}: use auto, cpu or cuda.")
MASK_CACHE_BYTES = _number("MASK_CACHE_BYTES", 300_000_000)
MASK_WAIT_SECONDS = 2.0

# Prediction runs
PREDICT_THREADS = _number("PREDICT_THREADS", os.cpu_count() or 1, least=1)
PREDICT_DEVICE = _text("PREDICT_DEVICE", "auto")
if PREDICT_DEVICE not in {"auto", "cpu", "cuda"}:
    raise ImproperlyConfigured(f"PREDICT_DEVICE={PREDICT_DEVICE!r}: use auto, cpu or cuda.")
# Where training runs fine-tune an encoder: "auto" wants CUDA and refuses without, "cpu" takes hours.
TRAIN_DEVICE = _text("TRAIN_DEVICE", "auto")
if TRAIN_DEVICE not in {"auto", "cpu", "cuda"}:
    raise ImproperlyConfigured(f"TRAIN_DEVICE={TRAIN_DEVICE!r}: use auto, cpu or cuda.")
WEB_THREADS = _number("WEB_THREADS", 4, least=1)

# Limits (DESIGN: "Limits")
MAX_PICTURE_BYTES = _number("MAX_PICTURE_BYTES", 50_000_000, least=1)
MAX_PICTURE_PIXELS = _number("MAX_PICTURE_PIXELS", 100_000_000, least=1)
MAX_ZIP_BYTES = _number("MAX_ZIP_BYTES", 20_000_000_000, least=1)
MAX_ZIP_ENTRIES = _number("MAX_ZIP_ENTRIES", 300_000, least=1)
MAX_ZIP_RATIO = _number("MAX_ZIP_RATIO", 200, least=1)
MAX_LABEL_FILE_BYTES = _number("MAX_LABEL_FILE_BYTES", 2_000_000_000, least=1)
MAX_MODEL_BYTES = _number("MAX_MODEL_BYTES", 2_000_000_000, least=1)
MAX_LABEL_LINE_CHARACTERS = 100_000
MAX_LABEL_COLUMNS = 200
MAX_JSON_BYTES = 2_000_000
MAX_INSTRUCTIONS_BYTES = 20_000
MAX_CLASSES_PER_DATASET = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_JSON_BYTES
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
BIN_DAYS = 30
RATE_LIMITS = _flag("RATE_LIMITS", default=True)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "labelapp.accounts.authentication.TokenAuthentication",
        "labelapp.accounts.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["labelapp.api.permissions.HasRight"],
    "DEFAULT_THROTTLE_CLASSES": ["labelapp.api.throttles.PersonThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "labelapp.api.negotiation.WhateverIsAccepted",
    "DEFAULT_PARSER_CLASSES": ["labelapp.api.parsers.LimitedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "labelapp.api.schema.LabelappSchema",
    "EXCEPTION_HANDLER": "labelapp.api.handler.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "COERCE_DECIMAL_TO_STRING": False,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "labelapp",
    "DESCRIPTION": "Check and make image labels at scale. See docs/api.md for a tour.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["labelapp.api.permissions.SignedIn"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "JobStateEnum": "qa.jobs.models.JobState",
        "AssignmentStateEnum": "qa.jobs.models.AssignmentState",
        "WorkStateEnum": "labelapp.background.WorkState",
        "ModelKindEnum": "ml.registry.models.Kind",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "labelapp.api.schema.complete_answers",
    ],
}

LOG_DIR = DATA_DIR / "logs"
LOGGING_CONFIG = "labelapp.logs.configure"
LOGGING = {"level": _text("LOG_LEVEL", "INFO"), "file": _text("LOG_FILE")}
