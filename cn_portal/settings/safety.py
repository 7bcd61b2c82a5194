"""Who may do what to the house: keys, hosts, cookies, sign-in limits and what a browser may load."""

from datetime import timedelta

from csp.constants import NONE, SELF, UNSAFE_INLINE

from cn_portal.settings.start import VALUES

SECRET_KEY = VALUES.secret_key
# Base64 of 32 bytes each, newest first; the vault wraps every person's key with the first and opens with any.
FIELD_KEYS = VALUES.field_keys
ALLOWED_HOSTS = VALUES.allowed_hosts
CSRF_TRUSTED_ORIGINS = [VALUES.base_url] if VALUES.production else []
PROXY_COUNT = VALUES.proxy_count

# Sessions, sign-in and passwords
SESSION_ENGINE = "cn_portal.accounts.sessions"
LOGIN_URL = "/account/sign-in/"
LOGIN_REDIRECT_URL = "/my-data/"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "cn_portal.accounts.backends.PasswordBackend",
    "cn_portal.accounts.backends.EmailCodeBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "cn_portal.accounts.passwords.LengthByFactor"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email",)},
    },
]

# A lock is on one account from one address: an attacker locks neither a whole office nor the person at home.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "cn_portal.accounts.throttle.username_key"
AXES_CLIENT_IP_CALLABLE = "cn_portal.middleware.client_address"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
# Forms that strangers may post from one place in a minute (N24).
MOST_POSTS_A_MINUTE = 60
# What was typed is starred out before axes stores a failed attempt: address, password and every kind of code.
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "email",
    "password",
    "code",
    "token",
    "recovery",
    "csrfmiddlewaretoken",
]
AXES_VERBOSE = False

# Cookies and transport. «__Host-» makes a browser refuse the cookie from a neighbouring host or without TLS.
_prefix = "__Host-" if VALUES.production else ""
SESSION_COOKIE_NAME = f"{_prefix}session"
CSRF_COOKIE_NAME = f"{_prefix}csrf"
LANGUAGE_COOKIE_NAME = f"{_prefix}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = VALUES.production
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
# Gone with the browser session: a visitor who once saw a form is not recognised next year.
CSRF_COOKIE_AGE = None
SECURE_SSL_REDIRECT = VALUES.production
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if VALUES.production else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = VALUES.production
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if VALUES.proxy_count else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"
)

# What a browser may load. Pictures of a bucket come from its own address.
_pictures = [VALUES.s3_endpoint_url] if VALUES.s3_endpoint_url else []
if VALUES.s3_bucket and not VALUES.s3_endpoint_url:
    _pictures = [f"https://{VALUES.s3_bucket}.s3.amazonaws.com"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, *_pictures],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# Wagtail's editor writes a few scripts and styles into its own pages and shows a preview in a frame.
ADMIN_CONTENT_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *_pictures],
    "media-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
