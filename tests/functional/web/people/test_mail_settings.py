"""Mail through a provider: the settings, and a real hand-over to a server on this machine."""

import json
import warnings
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from everygenome.errors import MailError, UsageError
from everygenome.settings import Settings

pytestmark = [pytest.mark.usefixtures("django")]
KEY = "SG.Ab-c_D9"


def mail(url):
    from everygenome.web.settings.mail import mail

    return mail(Settings(mail_url=url))


@pytest.mark.parametrize(
    ("address", "backend", "expected"),
    [
        (f"brevo://{KEY}", "brevo", {"BREVO_API_KEY": KEY}),
        (f"mailersend://{KEY}", "mailersend", {"MAILERSEND_API_TOKEN": KEY}),
        (
            f"mailgun://{KEY}@mail.example.org",
            "mailgun",
            {"MAILGUN_API_KEY": KEY, "MAILGUN_SENDER_DOMAIN": "mail.example.org"},
        ),
        (
            f"mailgun+eu://{KEY}@mail.example.org",
            "mailgun",
            {
                "MAILGUN_API_KEY": KEY,
                "MAILGUN_SENDER_DOMAIN": "mail.example.org",
                "MAILGUN_API_URL": "https://api.eu.mailgun.net/v3",
            },
        ),
        (f"mailtrap://{KEY}", "mailtrap", {"MAILTRAP_API_TOKEN": KEY}),
        (f"mandrill://{KEY}", "mandrill", {"MANDRILL_API_KEY": KEY}),
        (f"postmark://{KEY}/", "postmark", {"POSTMARK_SERVER_TOKEN": KEY}),
        (f"Resend://{KEY}", "resend", {"RESEND_API_KEY": KEY}),
        (f"sendgrid://{KEY}", "sendgrid", {"SENDGRID_API_KEY": KEY}),
        ("sparkpost://a%40b", "sparkpost", {"SPARKPOST_API_KEY": "a@b"}),
        (
            f"sparkpost+eu://{KEY}",
            "sparkpost",
            {
                "SPARKPOST_API_KEY": KEY,
                "SPARKPOST_API_URL": "https://api.eu.sparkpost.com/api/v1",
            },
        ),
    ],
)
def test_a_provider_needs_its_name_and_its_key(address, backend, expected):
    from django.core.mail import get_connection
    from django.test import override_settings

    made = mail(address)
    assert made.backend == f"anymail.backends.{backend}.EmailBackend"
    assert made.anymail == expected
    # The library takes these settings as they are, and says that it no longer tries SendGrid.
    with override_settings(ANYMAIL=made.anymail), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "django-anymail has dropped official support")
        assert get_connection(made.backend).esp_name.lower() == backend


def test_servers_and_the_terminal_are_as_they_were():
    assert mail(None).backend == "django.core.mail.backends.console.EmailBackend"
    made = mail("smtps://me:w%40rd@mail.example")
    assert (made.port, made.user, made.password, made.use_ssl) == (465, "me", "w@rd", True)
    assert made.anymail == {}


@pytest.mark.parametrize(
    "address",
    [
        "postmark://",
        "postmark://SECRET@mail.example",
        "postmark://SECRET/path",
        "sendgrid://SECRET?x=1",
        "resend://SEC RET",
        "mailgun://SECRET",
        "mailgun://SECRET@",
        "mailgun://@mail.example",
        "mailgun://SECRET@nodomain",
        "mailgun://SECRET@mail.example/x",
        "brevo://SECRÉT",
        "nosuch://SECRET",
        "SECRET",
    ],
)
def test_what_cannot_be_used_is_told_without_the_key(address):
    with pytest.raises(UsageError) as told:
        mail(address)
    assert "SEC" not in str(told.value)
    assert "SETTING" not in str(told.value)
    assert "EVERYGENOME_MAIL_URL" in told.value.what


class Provider(ThreadingHTTPServer):
    """Takes mails as Postmark does."""

    daemon_threads = True
    status = 200

    def __init__(self):
        self.taken = []
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.path, self.headers["X-Postmark-Server-Token"], body))
        said = {"ErrorCode": 0, "Message": "OK", "MessageID": "1", "To": body["To"]}
        if self.server.status != 200:
            said = {"ErrorCode": 10, "Message": f"no: {body['To']}"}
        answer = json.dumps(said).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


@pytest.fixture
def provider():
    from django.test import override_settings

    with Provider() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        made = mail(f"postmark://{KEY}")
        api = {"POSTMARK_API_URL": f"http://127.0.0.1:{server.server_port}/"}
        with override_settings(EMAIL_BACKEND=made.backend, ANYMAIL={**made.anymail, **api}):
            yield server
        server.shutdown()
        thread.join()


def code():
    from everygenome.web.people.mails import hand_over, written

    context = {"code": "BCDF-GHJK", "minutes": 10}
    hand_over(written("people/mails/code", subject="code", to="ada@staff.example", **context))


def test_a_mail_is_handed_to_a_provider(provider):
    code()
    ((path, key, sent),) = provider.taken
    assert (path, key) == ("/email", KEY)
    assert sent["To"] == "ada@staff.example"
    assert sent["From"] == "everygenome <everygenome@localhost>"
    assert sent["Subject"] == "everygenome: code"
    assert "BCDF-GHJK" in sent["TextBody"]
    assert "HtmlBody" not in sent
    assert {"Name": "Auto-Submitted", "Value": "auto-generated"} in sent["Headers"]


@pytest.mark.parametrize("status", [401, 422, 500])
def test_a_provider_that_refuses_is_a_mail_error_without_the_address(provider, status):
    provider.status = status
    with pytest.raises(MailError) as told:
        code()
    assert "ada@" not in str(told.value)
    assert KEY not in str(told.value)


def test_a_provider_that_is_not_there_is_a_mail_error():
    from django.test import override_settings

    made = mail(f"postmark://{KEY}")
    api = {"POSTMARK_API_URL": "http://127.0.0.1:1/"}
    settings = {"EMAIL_BACKEND": made.backend, "ANYMAIL": {**made.anymail, **api}}
    with override_settings(**settings), pytest.raises(MailError):
        code()
