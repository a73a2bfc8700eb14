"""Work in a process of its own: to be killed, to be another user, or to have no room left."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable

from tracker.errors import UserError


def fork() -> int:
    """As `os.fork`; newer Pythons warn of threads, which a test's child never waits for."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def apart(work: Callable[[], str], before: Callable[[], None] = lambda: None) -> str:
    """What `work` returns or is told (UserError), in a process of its own that first does `before`."""
    receiving, sending = os.pipe()
    child = fork()
    if child == 0:
        try:
            before()
            text = work()
        except UserError as told:
            text = f"UserError: {told}"
        except BaseException as wrong:  # noqa: BLE001 (told to the parent, which fails)
            text = repr(wrong)
        os.write(sending, text.encode())
        os._exit(0)
    os.close(sending)
    with open(receiving, "rb") as pipe:
        text = pipe.read().decode()
    os.waitpid(child, 0)
    return text
