"""data.police.uk as it is reached: its addresses, where it leads to, what it tells.

What is relied on, as its pages and people who used them describe it in September 2026:

- `/data/archive/YYYY-MM.zip` leads (302) to a store at Amazon that answers ETag and Range.
- `/data/archive/` lists the archives, with an MD5 beside each (`published.told_in`).
- `/api/crimes-street-dates` lists the months that there are, `/api/forces` the forces, without the
  British Transport Police.
- More than 15 questions a second are answered 429.
"""

import datetime
import email.utils
import importlib.metadata
import json
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import httpx

from concerted.crime.lake.months import Month, Period
from concerted.crime.lake.patience import NotNow, Patience
from concerted.crime.lake.published import Told, archives_for, month_in, told_in
from concerted.crime.lake.refusals import Refused, listed
from concerted.kernel import clock

ADDRESS = "https://data.police.uk"
STORES = ("https://policeuk-data.s3.amazonaws.com",)
NOT_AMONG_FORCES = {"btp"}

Answer = httpx.Response
WHOLE, PART, UNCHANGED, NO_SUCH_PART = 200, 206, 304, 416
SILENCE = 60.0  # seconds without a byte
# What has to come within these seconds, or a trickle would be waited for without end.
WORTH, WITHIN = 1024**2, 120.0
LONGEST_PAGE = 8 * 1024**2
_HOPS = 5
_LATER = {408, 425, 429, 500, 502, 503, 504}
_MISSING = {403, 404, 410}  # the store says 403 of what is not there
_ANSWERS = {WHOLE, PART, UNCHANGED, NO_SUCH_PART}
_NOTHING: Mapping[str, str] = MappingProxyType({})


class NotThere(Refused):
    """The publisher does not have what was asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The months that were asked for, the archives that hold them, and MD5s as far as told."""

    period: Period
    archives: tuple[Month, ...]
    checksums: Mapping[Month, str]


class Publisher:
    """A connection to data.police.uk, or to a copy of it. A context manager.

    `stores` are the only other places that it may lead to, as `https://host`. `wait` takes seconds,
    `now` gives them, from whatever beginning. Proxies and certificates are those that the
    environment tells of, as councils have them.
    """

    def __init__(
        self,
        address: str = ADDRESS,
        stores: Iterable[str] = STORES,
        *,
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.monotonic,
        silence: float = SILENCE,
    ) -> None:
        self.wait, self._now = wait, now
        self._address = _address(address)
        self._may_lead_to = {_origin(_address(one)) for one in (address, *stores)}
        agent = f"concerted/{importlib.metadata.version('concerted')}"
        self._client = httpx.Client(
            headers={"User-Agent": agent, "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(silence),
            verify=_certificates(),
        )

    def __enter__(self) -> "Publisher":
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    @property
    def name(self) -> str:
        """As sentences call it."""
        return self._address.host

    @contextmanager
    def opened(
        self, path: str, what: str, headers: Mapping[str, str] = _NOTHING
    ) -> Iterator[Answer]:
        """One try at an address: its answer (200, 206, 304 or 416), the body not yet read.

        `what` is what sentences call it. Raises NotNow, also while the body is read; NotThere;
        Refused where it leads to a place that is not among ours, or answers something else.
        """
        answer = None
        try:
            answer = self._followed(self._at(path), headers)
            self._judge(answer, what)
            yield answer
        except httpx.TimeoutException as error:
            raise NotNow(f"{self.name} does not answer any more") from error
        except httpx.RequestError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise Refused(
                    f"{self.name} shows a certificate that is not trusted. Nothing was fetched. "
                    "Where your network puts its own in that place, name its file in SSL_CERT_FILE."
                ) from error
            raise NotNow(f"The connection to {self.name} broke ({error})") from error
        finally:
            if answer is not None:
                answer.close()

    def paced(self, body: Iterable[bytes]) -> Iterator[bytes]:
        """A body as it comes. Raises NotNow where it comes too slowly to be waited for."""
        since, came = self._now(), 0
        for chunk in body:
            yield chunk
            came += len(chunk)
            if self._now() - since > WITHIN:
                if came < WORTH:
                    raise NotNow(f"{self.name} sends too slowly")
                since, came = self._now(), 0

    def told(self) -> Told:
        """What the page of archives tells; nothing where there is none or it cannot be read."""
        try:
            return told_in(self._page("/data/archive/").decode("utf-8", "replace"))
        except NotThere:
            return Told()

    def latest(self) -> Month | None:
        """The newest month that there are data of; None where that is not told."""
        dates = [one.get("date") for one in self._records("/api/crimes-street-dates")]
        return max((month for one in dates if (month := month_in(one))), default=None)

    def forces(self) -> frozenset[str]:
        """The forces as files call them; empty where they are not told."""
        names = {str(one.get("id")) for one in self._records("/api/forces")}
        return frozenset(names | NOT_AMONG_FORCES if names else ())

    def _at(self, path: str) -> httpx.URL:
        return self._address.copy_with(path=self._address.path.rstrip("/") + path)

    def _records(self, path: str) -> list[dict[str, Any]]:
        try:
            found = json.loads(self._page(path))
        except (NotThere, ValueError):
            return []
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def _page(self, path: str) -> bytes:
        patience = Patience(self.wait)
        while True:
            try:
                with self.opened(path, f"page {path}") as answer:
                    return self._read(answer)
            except NotNow as trouble:
                patience.after(trouble)

    def _read(self, answer: Answer) -> bytes:
        read = bytearray()
        for chunk in self.paced(answer.iter_bytes()):
            read += chunk
            if len(read) > LONGEST_PAGE:
                raise Refused(f"A page of {self.name} does not end. It was not read.")
        return bytes(read)

    def _followed(self, address: httpx.URL, headers: Mapping[str, str]) -> Answer:
        # Headers that ask for a part go to the last address alone: the store gives parts, and those
        # who tried say that the address which leads to it does not.
        sent = _NOTHING if headers else headers
        for _ in range(_HOPS):
            request = self._client.build_request("GET", address, headers=dict(sent))
            answer = self._client.send(request, stream=True)
            if answer.next_request is not None:
                address = answer.next_request.url
                answer.close()
                self._refuse_elsewhere(address)
            elif sent is headers:
                return answer
            else:
                answer.close()
            sent = headers
        raise Refused(f"{self.name} leads on and on and never to what was asked for.")

    def _refuse_elsewhere(self, address: httpx.URL) -> None:
        if _origin(address) not in self._may_lead_to:
            raise Refused(
                f"{self.name} leads to {_origin(address)}, which is not among the places that data "
                "are taken from. Nothing was fetched from there. If the publisher has moved its "
                "files, that place has to be named as a store of its."
            )

    def _judge(self, answer: Answer, what: str) -> None:
        status = answer.status_code
        if status in _ANSWERS:
            return
        if status in _LATER:
            raise NotNow(f"{self.name} cannot give the {what} now ({status})", _after(answer))
        if status in _MISSING:
            raise NotThere(
                f"{self.name} does not have the {what}, or does not give it (it answered {status})."
            )
        raise Refused(f"{self.name} does not give the {what}: it answered {status}.")


def wanted(
    publisher: Publisher, forces: Collection[str], since: Month, until: Month | None = None
) -> Wanted:
    """What has to be fetched for some months of some forces, up to the latest unless told.

    Raises Refused for months and forces that the publisher does not have, as far as it tells.
    """
    told = publisher.told()
    latest = max(told.months, default=None) or publisher.latest() or until
    if latest is None:
        raise Refused(
            f"{publisher.name} does not say which month is its latest. Say which is the last that "
            "is wanted."
        )
    known = publisher.forces()
    if known and (unknown := sorted(set(forces) - known)):
        raise Refused(
            f"{publisher.name} has no force called {listed(unknown)}. It has: "
            f"{listed(sorted(known), most=60)}."
        )
    period = Period(since, until or latest)
    return Wanted(period, archives_for(period, latest), told.checksums)


@cache
def _certificates() -> ssl.SSLContext:
    """Those that are trusted; reading them takes a fifth of a second."""
    return httpx.create_ssl_context()


def _address(words: str) -> httpx.URL:
    try:
        found = httpx.URL(words.rstrip("/"))
    except httpx.InvalidURL as error:
        raise Refused(f"“{words[:80]}” is no address. Write it as {ADDRESS}.") from error
    here = found.scheme == "http" and found.host in ("127.0.0.1", "::1", "localhost")
    if not found.host or not (found.scheme == "https" or here):
        raise Refused(
            f"“{words[:80]}” cannot be fetched from: an address begins with https:// and names a "
            "host."
        )
    return found


def _origin(address: httpx.URL) -> str:
    return f"{address.scheme}://{address.netloc.decode('ascii')}"


def _after(answer: Answer) -> float | None:
    """The seconds of Retry-After, which is a number or a moment."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isdecimal():
        return float(said[:9])
    try:
        moment = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(0.0, (moment - clock.now()).total_seconds())
