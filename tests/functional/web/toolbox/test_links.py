"""The link monitor, against a real server on loopback that is slow, redirects, fails and lies."""

import itertools
import socket
import ssl
import struct
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.fixtures.server import FakeServer, Reply

pytestmark = [pytest.mark.usefixtures("django")]
NO_TLS = "its certificate is not valid, or it speaks no TLS"


@pytest.fixture
def server():
    with FakeServer() as made:
        yield made


@pytest.fixture
def ask(server):
    from everygenome.web.toolbox.links import asking

    with asking.client("ada@site.example", seconds=0.5) as by:
        yield lambda path, **known: asking.ask(server.url(path), by=by, inside=True, **known)


def methods(server, path):
    return [request.method for request in server.requests if request.path == path]


def test_what_answers_is_live_and_is_asked_for_its_head_alone(server, ask):
    server.on("/tool", Reply(body=b"x", headers={"ETag": '"a"', "Last-Modified": "Mon"}))
    answer = ask("/tool")
    assert (answer.ok, answer.status, answer.etag, answer.modified) == (
        True,
        "200 OK",
        '"a"',
        "Mon",
    )
    assert methods(server, "/tool") == ["HEAD"]
    assert "ada@site.example" in server.requests[0].headers["user-agent"]


def test_next_time_it_is_asked_whether_it_changed(server, ask):
    server.on("/tool", Reply(status=304))
    answer = ask("/tool", etag='"a"', modified="Mon")
    assert (answer.ok, answer.etag) == (True, '"a"')
    assert server.requests[0].headers["if-none-match"] == '"a"'
    assert server.requests[0].headers["if-modified-since"] == "Mon"


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "404 Not Found"), (410, "410 Gone"), (500, "500 Internal Server Error"), (599, "599")],
)
def test_what_is_gone_or_broken_is_a_miss_in_words(server, ask, status, words):
    server.on("/tool", Reply(status=status))
    answer = ask("/tool")
    assert (answer.ok, answer.status) == (False, words)


def test_a_server_that_does_not_know_head_is_asked_again(server, ask):
    server.on("/tool", Reply(status=405), Reply(body=b"here"))
    assert ask("/tool").ok
    assert methods(server, "/tool") == ["HEAD", "GET"]


def test_a_body_without_end_is_not_read_to_its_end(server, ask):
    endless = itertools.repeat(b"x" * 65536)
    server.on("/tool", Reply(status=405), Reply(body=endless, length=None))
    assert ask("/tool").ok


def test_a_move_for_good_is_told_and_one_for_now_is_not(server, ask):
    server.on("/old", Reply(status=301, headers={"Location": "/new"}))
    server.on("/now", Reply(status=302, headers={"Location": "/new"}))
    server.on("/new", Reply())
    assert ask("/old").moved_to == server.url("/new")
    answer = ask("/now")
    assert (answer.ok, answer.moved_to) == (True, "")


def test_a_circle_ends_after_five_steps(server, ask):
    server.on("/a", Reply(status=302, headers={"Location": "/a"}))
    assert ask("/a").status == "sent on more than 5 times"
    assert len(methods(server, "/a")) == 6


def test_a_server_that_never_answers_is_left(server, ask):
    server.on("/tool", Reply(silent=True))
    assert ask("/tool").status == "did not answer in time"


def test_nobody_there_is_a_miss():
    from everygenome.web.toolbox.links import asking

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with asking.client("", seconds=0.5) as by:
        answer = asking.ask(f"http://127.0.0.1:{port}/", by=by, inside=True)
        assert (answer.ok, answer.status) == (False, "could not be reached")
        unknown = asking.ask("http://no-such-name.invalid/", by=by, inside=True)
        assert not unknown.ok


def drops(stopped):
    while not stopped.wait(0.01):
        yield b"x"


@pytest.mark.slow
def test_a_body_that_trickles_is_cut(server, ask):
    server.on("/tool", Reply(status=405), Reply(body=drops(server.stopped), length=10**6))
    assert ask("/tool").status == "did not answer in time"


@pytest.mark.slow
def test_headers_that_trickle_are_cut(server, ask):
    class Endless(dict):
        def items(self):
            return ((f"X-{n}", "x") for n, _ in enumerate(drops(server.stopped)))

    server.on("/tool", lambda _: Reply(headers=Endless()))
    assert ask("/tool").status == "did not answer in time"


def test_a_connection_that_breaks_is_a_miss(server, ask):
    server.on("/tool", Reply(status=405), Reply(body=b"x" * 100, length=100, cut_after=10))
    assert ask("/tool").status == "broke off"


@contextmanager
def one_visit(visited):
    """A server that takes one connection and does with it what it is told; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def take():
            taken, _ = listening.accept()
            with taken, suppress(OSError):
                visited(taken)

        thread = Thread(target=take)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def asked(url):
    from everygenome.web.toolbox.links import asking

    with asking.client("", seconds=2.0) as by:
        answer = asking.ask(url, by=by, inside=True)
    return (answer.ok, answer.status)


def test_a_server_that_hangs_up_before_it_answers_is_a_miss():
    def reset(taken):
        taken.recv(4096)
        # Closed without a goodbye: the other side sees a reset.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with one_visit(reset) as port:
        assert asked(f"http://127.0.0.1:{port}/") == (False, "broke off")


def test_a_server_without_tls_behind_https_is_a_miss():
    def speak_plainly(taken):
        taken.recv(4096)
        taken.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        taken.shutdown(socket.SHUT_WR)
        taken.recv(4096)

    with one_visit(speak_plainly) as port:
        assert asked(f"https://127.0.0.1:{port}/") == (False, NO_TLS)


def test_a_certificate_that_nobody_vouches_for_is_a_miss(tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    with one_visit(lambda taken: context.wrap_socket(taken, server_side=True).close()) as port:
        assert asked(f"https://localhost:{port}/") == (False, NO_TLS)


def self_signed(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    written = folder / "localhost.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    written.write_bytes(private + made.public_bytes(Encoding.PEM))
    return written


@pytest.mark.parametrize(
    "where", ["http://[x", "http://x.example:99999/", "http://", "javascript:alert(1)", "\x7f//"]
)
def test_a_redirect_to_no_address_is_a_miss(server, ask, where):
    server.on("/tool", Reply(status=302, headers={"Location": where}))
    assert not ask("/tool").ok


@pytest.mark.parametrize("etag", ['"é"', '"' + "a" * 400 + '"'])
def test_what_cannot_be_sent_back_is_not_kept(server, ask, etag):
    server.on("/tool", Reply(headers={"ETag": etag}))
    answer = ask("/tool")
    assert (answer.ok, answer.etag) == (True, "")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.8/",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "http://224.0.0.1/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://user@127.0.0.1/",
        "http://127.0.0.1:22/",
        "http://:80/",
        "javascript:alert(1)",
    ],
)
def test_addresses_that_lead_inside_are_never_asked(url):
    from everygenome.web.toolbox.links.guard import ForbiddenError, target

    with pytest.raises((ForbiddenError, OSError)):
        target(url)


def test_a_redirect_that_leads_inside_is_not_followed(server):
    from everygenome.web.toolbox.links import asking, guard

    server.on("/out", Reply(status=302, headers={"Location": "/secret"}))
    server.on("/secret", Reply())
    steps = iter([True, False])

    def looked_up(url, *, inside):
        return guard.target(url, inside=next(steps))

    with asking.client("", seconds=0.5) as by, pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "target", looked_up)
        answer = asking.ask(server.url("/out"), by=by, inside=True)
    assert (answer.ok, answer.status[:10]) == (False, "not asked:")
    assert methods(server, "/secret") == []


def entries(server, *paths):
    from everygenome.web.collections.models import Item

    Item.objects.all().delete()
    for path in paths:
        data = {"url": server.url(path)}
        slug = path.strip("/").replace("/", "-")
        Item.objects.create(collection="toolbox", slug=slug, title=slug, sort=slug, data=data)


def run(**more):
    from everygenome.web.toolbox.links.round import Manners, check

    slept = []
    manners = Manners(slept.append, lambda: sum(slept), inside=True, seconds=0.5)
    given = {"limit": 50, "contact": ""} | more
    return check(manners=manners, **given), slept


def links():
    from everygenome.web.toolbox.models import Link

    return {link.url.rsplit("/", 1)[1]: link for link in Link.objects.all()}


def test_a_link_is_failing_after_four_misses_and_the_first_is_kept(rolled_back, server):
    server.on("/tool", Reply(status=500))
    entries(server, "/tool")
    firsts = []
    for misses in (1, 2, 3, 4, 5):
        done, _ = run()
        link = links()["tool"]
        assert (link.misses, link.is_failing) == (misses, misses >= 4)
        assert len(done.failing) == (misses >= 4)
        firsts.append(link.first_failure_at)
    assert len(set(firsts)) == 1
    assert link.last_failure_at > link.first_failure_at
    server.on("/tool", Reply())
    run()
    link = links()["tool"]
    assert (link.misses, link.first_failure_at, link.is_failing) == (0, None, False)
    assert link.last_failure_at is not None


def test_one_host_is_asked_with_pauses_and_only_so_many_times(rolled_back, server):
    for number in range(4):
        server.on(f"/t{number}", Reply())
    entries(server, *(f"/t{number}" for number in range(4)))
    done, slept = run(limit=3)
    assert (done.asked, slept) == (3, [5.0, 5.0])
    # The one that waited longest comes first next time.
    done, _ = run(limit=1)
    assert [len(methods(server, f"/t{number}")) for number in range(4)] == [1, 1, 1, 1]


def test_a_host_that_asks_programs_to_stay_away_is_left_alone(rolled_back, server):
    server.on("/robots.txt", Reply(body=b"User-agent: *\nDisallow: /private\n"))
    server.on("/private/tool", Reply())
    server.on("/tool", Reply())
    entries(server, "/private/tool", "/tool")
    done, _ = run()
    assert (done.asked, done.skipped) == (1, 1)
    assert methods(server, "/private/tool") == []


def test_a_host_whose_rules_cannot_be_read_is_left_alone(rolled_back, server):
    server.on("/robots.txt", Reply(status=503))
    entries(server, "/tool")
    done, _ = run()
    assert (done.asked, done.skipped) == (0, 1)


def test_an_address_that_no_entry_gives_any_more_is_forgotten(rolled_back, server):
    server.on("/a", Reply())
    server.on("/b", Reply())
    entries(server, "/a", "/b")
    run()
    entries(server, "/b")
    run()
    assert list(links()) == ["b"]


def test_an_unchanged_page_is_asked_with_what_it_said_before(rolled_back, server):
    server.on("/tool", Reply(headers={"ETag": '"a"'}), Reply(status=304))
    entries(server, "/tool")
    run()
    run()
    assert server.requests[-1].headers["if-none-match"] == '"a"'
    assert links()["tool"].etag == '"a"'


def test_an_answer_after_a_miss_begins_anew():
    from everygenome.web.toolbox.links.round import noted
    from everygenome.web.toolbox.models import Link

    link, day = Link(url="https://x.example"), datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(3):
        noted(link, ok=False, at=day + timedelta(days=number))
    assert (link.misses, link.first_failure_at) == (3, day)
    noted(link, ok=True, at=day + timedelta(days=3))
    assert (link.misses, link.first_failure_at, link.last_failure_at.day) == (0, None, 3)


def test_the_command_says_what_came_of_it(rolled_back, capsys):
    from django.core.management import CommandError, call_command

    from everygenome.web.collections.models import Item

    Item.objects.all().delete()
    call_command("check_links", verbosity=0)
    assert capsys.readouterr().out.startswith("0 asked: 0 answered, 0 missed; 0 not asked")
    with pytest.raises(CommandError, match="1 or more"):
        call_command("check_links", "--limit=0", verbosity=0)
