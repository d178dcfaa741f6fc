"""People's judgements of model output, in and out of Touchstone, from a notebook."""

from .client import Touchstone
from .errors import ConnectionLost, FileFailed, NotAgreed, NotWrittenYet, RunEnded, TouchstoneError
from .evaluations import Verdict
from .exports import Rows

__all__ = [
    "ConnectionLost",
    "FileFailed",
    "NotAgreed",
    "NotWrittenYet",
    "Rows",
    "RunEnded",
    "Touchstone",
    "TouchstoneError",
    "Verdict",
]
