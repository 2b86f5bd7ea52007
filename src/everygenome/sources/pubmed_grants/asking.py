"""One question over HTTP and the whole of its answer, with limits, and without telling secrets.

A key and an e-mail address go into the body of a POST, never into an address, because addresses
end in logs; and no message repeats them, even where the server does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote, quote_plus

from everygenome.errors import DownloadError
from everygenome.snapshots.answer import answer, begun, network
from everygenome.snapshots.deadline import Deadline
from everygenome.snapshots.policy import Policy
from everygenome.snapshots.redirects import AddressError, checked
from everygenome.snapshots.retry import PassingError, persist
from everygenome.sources.pubmed_grants.limiter import Limiter
from everygenome.sources.pubmed_grants.receive import whole

if TYPE_CHECKING:
    import httpx

Read = TypeVar("Read")
_LONGEST_REASON: Final = 300  # letters


class Asker:
    """Asks one server, again and again where a failure may pass, and never too often.

    Args:
        client: the connections.
        url: the address without parameters.
        limiter: how often it may be asked.
        policy: how patiently, as for downloads.
        deadline: the time that is left for everything.
        largest_bytes: a longer answer is refused.
        secret: parameters that are posted and never told.
    """

    def __init__(
        self,
        client: httpx.Client,
        url: str,
        *,
        limiter: Limiter,
        policy: Policy,
        deadline: Deadline,
        largest_bytes: int,
        secret: Mapping[str, str] | None = None,
    ) -> None:
        self.url = url
        self._client, self._limiter = client, limiter
        self._policy, self._deadline = policy, deadline
        self._largest, self._secret = largest_bytes, dict(secret or {})

    def post(self, parameters: Mapping[str, str], read: Callable[[bytes], Read]) -> Read:
        """The answer to a POST as `read` makes it of the bytes; a redirect is not followed.

        Args:
            read: raises `PassingError` where asking again may help.

        Raises:
            AddressError: the address is of no use, or the attempts are used up.
            DownloadError: the time is up, or `read` refuses the answer.
        """
        form = {**parameters, **self._secret}
        return self._persist(lambda: self._posted(form), read)

    def get(self, parameters: Mapping[str, str], read: Callable[[bytes], Read]) -> Read:
        """The same for a GET, which carries nothing secret; redirects are followed."""
        import httpx

        def ask() -> AbstractContextManager[httpx.Response]:
            full = str(httpx.URL(checked(self.url), params=dict(parameters)))
            return answer(self._client, full, self._headers(), self._policy, self._deadline)

        return self._persist(ask, read)

    def _headers(self) -> dict[str, str]:
        return {"Accept-Encoding": "identity", "User-Agent": self._policy.user_agent}

    def _posted(self, form: dict[str, str]) -> AbstractContextManager[httpx.Response]:
        extensions = {"trace": self._deadline.trace}
        return self._client.stream(
            "POST", checked(self.url), data=form, headers=self._headers(), extensions=extensions
        )

    def _persist(
        self,
        ask: Callable[[], AbstractContextManager[httpx.Response]],
        read: Callable[[bytes], Read],
    ) -> Read:
        def attempt() -> Read:
            self._limiter.wait()
            try:
                with network(self._policy, self._deadline), ask() as response:
                    body = self._received(response)
                return read(body)
            except PassingError as fault:
                wait_s = fault.wait_s
                if wait_s is not None and wait_s > self._policy.longest_retry_after_s:
                    # The other source need not wait for this one.
                    raise AddressError(f"it asks us to wait for {wait_s:,.0f} s") from None
                raise PassingError(self._discreet(str(fault)), wait_s=wait_s) from None
            except AddressError as fault:
                raise AddressError(self._discreet(str(fault))) from None

        return persist(attempt, url=self.url, policy=self._policy, deadline=self._deadline)

    def _received(self, response: httpx.Response) -> bytes:
        if response.status_code == 400:
            body = whole(
                response, policy=self._policy, deadline=self._deadline, largest_bytes=self._largest
            )
            self._check_key(body)
            if b"<eFetchResult" in body:  # NCBI says here what it says elsewhere with a 200
                return body
        if 300 <= response.status_code < 400:
            raise AddressError("it redirects, which a question with our name in it does not follow")
        served = begun(response, self.url)
        if response.headers.get("content-encoding", "identity").strip().lower() not in (
            "",
            "identity",
        ):
            raise AddressError("it sent a compressed answer, though none was asked for")
        return whole(
            response,
            policy=self._policy,
            deadline=self._deadline,
            largest_bytes=self._largest,
            total=served.total_bytes,
        )

    def _check_key(self, body: bytes) -> None:
        if "api_key" not in self._secret:
            return
        if b"api key" in body.lower() or b"api-key" in body.lower():
            raise DownloadError(
                f"{self.url} does not accept the API key.",
                remedy="Correct the key, or ask without one.",
            )

    def _discreet(self, text: str) -> str:
        for secret in filter(None, self._secret.values()):
            for spelling in {secret, quote(secret, safe=""), quote_plus(secret)}:
                text = text.replace(spelling, "(withheld)")
        # Cut only now: a cut through a secret would leave half of it.
        return text if len(text) <= _LONGEST_REASON else f"{text[:_LONGEST_REASON]}..."
