"""Addresses of the web in; what each answered, or why it did not, out."""

from .answer import Answer, Trouble
from .fetcher import Fetcher, Limits, fetch_all
from .guard import is_public
from .turns import host_of, seconds_after

__all__ = ["Answer", "Fetcher", "Limits", "Trouble", "fetch_all", "host_of", "is_public", "seconds_after"]
