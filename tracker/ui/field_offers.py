"""What a field offers while its text is typed: names that are known, and values already typed in it."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from tracker.db import records
from tracker.operations import links
from tracker.operations.links import Offer
from tracker.operations.office import Office
from tracker.schema.fields import Field
from tracker.schema.ledger import Ledger
from tracker.ui.desk import Desk
from tracker.ui.editors import Ask
from tracker.ui.tasks import Progress


def asking(desk: Desk, ledger: Ledger, field: Field, key: Hashable) -> Ask:
    """Asks in the worker; of the questions with the same `key` only the latest is answered."""

    def ask(text: str, found: Callable[[list[str | Offer]], object]) -> object:
        def look(office: Office, progress: Progress) -> list[str | Offer]:
            with progress.interruptible(office.db.interrupt):
                known = links.offers(office.db, ledger, field, text) if field.names else ()
                typed = records.suggestions(office.db, ledger, field.key, text) if text else []
                return [*known, *typed]

        return desk.run_latest(key, look, found)

    return ask
