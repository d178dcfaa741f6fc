"""The connection: who asks, what is tried again, and where each noun is."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import httpx

from .errors import ConnectionLost, TouchstoneError, error_of
from .evaluations import Evaluations
from .exports import Exports
from .imports import Imports
from .judgements import Judgements
from .label_sets import LabelSets
from .projects import Projects
from .runs import Runs

Body = Callable[[], Iterator[bytes]]
"""Makes a request's body, once more for each try."""

_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0


class Touchstone:
    """A product that runs, asked in the name of whoever made the token.

    :param url: such as ``http://localhost:3000``; left out, ``TOUCHSTONE_URL``
    :param token: an API token of the page Account; left out, ``TOUCHSTONE_TOKEN``
    :param timeout: seconds to wait for an answer to begin; imports wait as long as they take
    :param retries: how often a request is tried again, where it may be said twice and a try may help
    """

    projects: Projects
    imports: Imports
    judgements: Judgements
    label_sets: LabelSets
    exports: Exports
    runs: Runs
    evaluations: Evaluations

    def __init__(
        self,
        url: str | None = None,
        token: str | None = None,
        *,
        timeout: float = 60.0,
        retries: int = 4,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        address = url or os.environ.get("TOUCHSTONE_URL", "http://localhost:3000")
        secret = (token or os.environ.get("TOUCHSTONE_TOKEN", "")).strip()
        if not secret:
            raise ValueError("No API token was given. Make one on the page Account; pass it, or set TOUCHSTONE_TOKEN.")
        self.retries = retries
        self._http = httpx.Client(
            base_url=address.rstrip("/"),
            headers={"authorization": f"Bearer {secret}"},
            timeout=timeout,
            transport=transport,
        )
        self.projects = Projects(self)
        self.imports = Imports(self)
        self.judgements = Judgements(self)
        self.label_sets = LabelSets(self)
        self.exports = Exports(self)
        self.runs = Runs(self)
        self.evaluations = Evaluations(self)

    def __enter__(self) -> Touchstone:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connections."""
        self._http.close()

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        json: Any = None,
        body: Body | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool | None = None,
        timeout: float | None | httpx.Timeout = httpx.USE_CLIENT_DEFAULT,  # type: ignore[assignment]
    ) -> Any:
        """One call of the API; its parsed answer, or None where it has none.

        :param repeatable: whether it may be said twice, and so is tried again after a lost connection: what reads, and what
            carries its own key. A request that never left, or was turned away by the limit on requests, always may.
        :raises TouchstoneError: the API refuses
        :raises ConnectionLost: no answer came
        """
        twice = method == "GET" if repeatable is None else repeatable

        def send() -> Any:
            response = self._http.request(
                method,
                path,
                params=_given(params),
                json=json,
                content=body() if body else None,
                headers=headers,
                timeout=timeout,
            )
            if response.is_error:
                raise _Refused(error_of(response), response.headers.get("retry-after"))
            return response.json() if response.content else None

        return self.again(send, twice)

    @contextmanager
    def stream(
        self, path: str, params: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Iterator[httpx.Response]:
        """A download as it comes. One that breaks off raises :class:`ConnectionLost` where it is read."""
        request = self._http.build_request("GET", path, params=_given(params), headers=headers)

        def open_it() -> httpx.Response:
            response = self._http.send(request, stream=True)
            if response.is_error:
                response.read()
                raise _Refused(error_of(response), response.headers.get("retry-after"))
            return response

        response = self.again(open_it, True)
        try:
            yield response
        except httpx.TransportError as cause:
            raise ConnectionLost("The answer broke off.") from cause
        finally:
            response.close()

    def again(self, send: Callable[[], Any], twice: bool) -> Any:
        """What ``send`` gives, tried again with waits that double, spread at random."""
        for attempt in range(self.retries + 1):
            try:
                return send()
            except _Refused as refused:
                last, wait = refused.error, refused.wait
                limited = isinstance(last, TouchstoneError) and last.status == 429
                useful = not isinstance(last, TouchstoneError) or last.may_succeed_later
                worth_it = limited or (twice and useful)
            except httpx.TransportError as cause:
                last, wait = ConnectionLost(f"The server could not be reached: {cause}"), None
                last.__cause__ = cause
                worth_it = twice or isinstance(cause, (httpx.ConnectError, httpx.ConnectTimeout))
            if not worth_it or attempt == self.retries:
                raise last
            doubled = _FIRST_WAIT * 2**attempt * (0.5 + random.random() / 2)
            time.sleep(min(_LONGEST_WAIT, doubled if wait is None else wait))
        raise AssertionError("unreachable")


class _Refused(Exception):
    """An answer that is an error, with the wait that it asks for."""

    def __init__(self, error: TouchstoneError | ConnectionLost, retry_after: str | None) -> None:
        self.error = error
        self.wait = float(retry_after) if retry_after is not None and retry_after.isdigit() else None


def _given(params: Mapping[str, Any] | None) -> dict[str, Any]:
    """Without what was left out; yes and no as the API writes them."""
    said = {name: value for name, value in (params or {}).items() if value is not None}
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in said.items()}
