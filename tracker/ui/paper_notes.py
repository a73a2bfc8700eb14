"""What leaves on paper or as a PDF is a line of the history, as any file is."""

from __future__ import annotations

from tracker.operations import exports
from tracker.operations.exports import Leaving
from tracker.ui.desk import Desk
from tracker.ui.print_preview import PrintPreview


def note_what_leaves(preview: PrintPreview, desk: Desk) -> None:
    """Note from now on what is printed or written out of a preview of records."""

    def note(where: str) -> None:
        if paper := preview.paper:
            told = Leaving(paper.title, where, paper.records, paper.whole)
            desk.run(lambda office, _progress: exports.note_all(office, [told]), lambda _nothing: None)

    preview.left.connect(note)
