"""How people with an account log in: by a code that is mailed to them, or by a passkey.

There are no passwords and nobody can sign up: see `people.adapter` and `people.views`. How often
codes may be asked for and guessed is counted by `people.limits`, in the database that all
processes share; the counts of allauth, in a cache for each process, are switched off.
"""

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"

ACCOUNT_ADAPTER = "everygenome.web.people.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

ACCOUNT_LOGIN_BY_CODE_ENABLED = True
# Eight letters of twenty: no vowels, so no words, and none that is taken for a digit.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"length": 8, "numeric": False, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_TIMEOUT = 15 * 60
# Nobody is told that an address is not known; our own mail says so to its owner.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False

MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = False
# Ours asks for a log-in of the last quarter of an hour instead (`people.fresh`).
MFA_REAUTHENTICATION_REQUIRED = False

# Half a day: a working day needs one log-in, and a forgotten computer ends by itself.
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
# The cookie against forged forms ends with the browser, too.
CSRF_COOKIE_AGE = None
# No cookie for messages: ours stand on the page that they are about.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
