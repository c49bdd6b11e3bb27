"""Storage beyond this machine, by fsspec: a bucket, a web folder, another disk; files by their paths below one address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://\S+", re.IGNORECASE)
WEB = ("http", "https")
OF_THIS_MACHINE = ("file", "local", "memory")
CONNECT, SILENT = 10, 30  # seconds: for a connection, and between two pieces of an answer
AT_ONCE = 32  # questions for sizes


class CacheError(Exception):
    """The storage cannot be used as it is asked for: an extra is missing, or a setting."""


class StoreError(Exception):
    """The storage does not answer, or refuses: a build goes on without it."""


def is_address(text: str) -> bool:
    """Whether this is an address, such as s3://bucket/folder, and no folder: `C:\\cache` and `C:/cache` are folders."""
    return bool(ADDRESS.fullmatch(text))


def is_elsewhere(address: str) -> bool:
    """Whether others than those who can write to this machine's own disks may answer at `address`."""
    return urlsplit(address).scheme.lower() not in OF_THIS_MACHINE


def shown(address: str) -> str:
    """The address without the name and the password that it may hold."""
    return address.replace(f"{urlsplit(address).netloc.rpartition('@')[0]}@", "")


class Store:
    """What lies below `address`. Raises CacheError where nothing here knows how to ask there."""

    def __init__(self, address: str) -> None:
        scheme = urlsplit(address).scheme.lower()
        self.shown = shown(address)
        self.is_read_only = scheme in WEB
        try:
            import fsspec  # noqa: PLC0415 — an extra that only this needs

            self._files, root = fsspec.url_to_fs(address, skip_instance_cache=True, **_options(scheme))
        except ImportError as error:
            raise CacheError(f"--cache {self.shown} needs more libraries ({error}): install the extra, `pip install clausebook[shared]`") from error  # fmt: skip
        except ValueError as error:
            raise CacheError(f"--cache {self.shown} cannot be used: {error}") from error
        self._root = root.rstrip("/")

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Those of the files that are there, asked for side by side. Raises StoreError where the storage does not answer."""
        paths = {f"{self._root}/{name}": name for name in names}
        found = self._ask(self._files.cat, list(paths), on_error="return") if paths else {}
        for one in found.values():
            if isinstance(one, Exception) and not isinstance(one, FileNotFoundError):
                raise StoreError(_reason(one)) from one
        return {paths[path]: one for path, one in found.items() if isinstance(one, bytes)}

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """How large those of the files are that are there. Raises StoreError as `read` does."""
        wanted = list(names)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            found = list(threads.map(self._size, wanted))
        return {name: size for name, size in zip(wanted, found, strict=True) if size is not None}

    def write(self, files: Mapping[str, bytes]) -> None:
        """Put `files` there, side by side. Raises StoreError where the storage does not answer, or does not take them."""
        if files:
            self._ask(self._files.pipe, {f"{self._root}/{name}": content for name, content in files.items()})

    def _size(self, name: str) -> int | None:
        try:
            return int(self._files.info(f"{self._root}/{name}")["size"])
        except FileNotFoundError:
            return None
        except Exception as error:
            raise StoreError(_reason(error)) from error

    def _ask(self, do: Any, *given: Any, **named: Any) -> Any:
        try:
            return do(*given, **named)
        except Exception as error:  # each kind of storage has errors of its own
            raise StoreError(_reason(error)) from error


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _options(scheme: str) -> dict[str, Any]:
    """How long to wait for each kind of storage: one that is away must not hold up a build."""
    if scheme in WEB:
        from aiohttp import ClientTimeout  # noqa: PLC0415 — of the same extra

        timeout = ClientTimeout(total=None, sock_connect=CONNECT, sock_read=SILENT)
        return {"client_kwargs": {"timeout": timeout, "trust_env": True}}
    if scheme in {"s3", "s3a"}:
        limits = {"connect_timeout": CONNECT, "read_timeout": SILENT, "retries": {"max_attempts": 2}}
        return {"config_kwargs": limits, "use_listings_cache": False}
    return {"auto_mkdir": True} if scheme in {"file", "local"} else {}
