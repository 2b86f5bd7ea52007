"""The server itself: it ends quietly, and says in plain words why it cannot begin."""

import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

pytestmark = [pytest.mark.browser]
_AFTER_A_BUILD = """
import sys
from pathlib import Path
from tests.functional.web import stores
from everygenome.queries.release import open_release
from everygenome.web.serve import serve
store = Path(sys.argv[1])
if sys.argv[2] == "built":
    store = stores.demonstration_store(store)
    release = open_release(store=store)
    release.trend(bands=True)
serve(store=store, host="127.0.0.1", port=0, on_ready=lambda a: print(a, flush=True))
print("ended", flush=True)
"""


@pytest.mark.parametrize("before", ["nothing", "built"])
def test_ctrl_c_ends_the_server_quietly_whatever_ran_before(before, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", _AFTER_A_BUILD, str(tmp_path), before],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    address = process.stdout.readline().strip()
    if before == "built":
        with urllib.request.urlopen(address, timeout=60) as response:
            assert response.status == 200
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=20)
    assert (out, errors, process.returncode) == ("ended\n", "", 0)


_WHILE_TIDYING_UP = """
import os, signal, weakref
from everygenome.web.workers import Worker
worker = Worker.__new__(Worker)
signal.signal(signal.SIGQUIT, worker.handle_quit)
class Kept: pass
kept = Kept()
watched = weakref.ref(kept, lambda _: (os.kill(os.getpid(), signal.SIGQUIT), [0 for _ in "ab"]))
del kept
print("still here")
"""


def test_a_worker_told_to_stop_while_python_tidies_up_ends_without_a_word():
    ended = subprocess.run(
        [sys.executable, "-c", _WHILE_TIDYING_UP],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == ("", "", 0)


_WHILE_BEING_BORN = """
import os, signal, sys
from pathlib import Path
from everygenome.web.serve import serve
fork, born = os.fork, []

def told_to_end_at_once():
    child = fork()
    if not child:
        os.kill(os.getpid(), signal.SIGQUIT)
        return child
    ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    born.append((ended.si_code == os.CLD_EXITED, ended.si_status))
    if len(born) == 2:
        os.kill(os.getpid(), signal.SIGINT)
    return child

os.fork = told_to_end_at_once
serve(store=Path(sys.argv[1]), host="127.0.0.1", port=0)
print(born)
"""


def test_a_worker_told_to_stop_in_the_moment_it_is_born_does_so(tmp_path):
    # The order was taken by the handler that a worker has from its master, and was lost: the
    # server waited for five seconds, killed the worker and supposed that memory had run out.
    ended = subprocess.run(
        [sys.executable, "-c", _WHILE_BEING_BORN, str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ended.stdout, ended.stderr) == ("[(True, 0), (True, 0)]\n", "")
    assert ended.returncode == 0


def test_a_taken_port_is_told_in_plain_words(tmp_path):
    from everygenome.errors import UsageError
    from everygenome.web.serve import serve

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"Port {port} on 127.0.0.1 is in use") as told:
            serve(store=tmp_path, host="127.0.0.1", port=port)
    assert f"--port {port + 1}" in told.value.remedy
    with pytest.raises(UsageError, match="no address of this machine"):
        serve(store=tmp_path, host="192.0.2.1", port=0)
    assert list(tmp_path.iterdir()) == []
