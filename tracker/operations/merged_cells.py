"""What the merged cells of a sheet say of its rows: what cells below one hold, and which rows only go on with one."""

from __future__ import annotations

from tracker.operations.sheet_rows import Table


class Merges:
    """The merged cells of one sheet; rows are counted from 0."""

    def __init__(self, table: Table, number: str, width: int) -> None:
        """`number` is the key of the field by which records are told apart, `width` how many columns are looked at."""
        sheet, mapping = table.sheet, table.mapping
        self.continued: set[int] = set()
        """Rows that only go on with the record above."""
        self._fills: dict[int, list[tuple[int, int]]] = {}
        """By row, the columns filled from above, and the row in which that stands."""
        self._tops: set[int] = set()
        self._kept: dict[tuple[int, int], object] = {}
        least = max(2, len(mapping.columns) // 2)
        self._banners = {row for row, left, right in sheet.merged if right - left + 1 >= least}
        keys = {c.index for c in mapping.columns if c.field.key == number} | mapping.serials
        for top, left, bottom, right in sheet.spans or ():
            if top <= mapping.row or bottom == top or (left >= width and left not in keys):
                continue
            self._tops.add(top)
            for row in range(top + 1, min(bottom, sheet.height) + 1):
                self._fills.setdefault(row, []).append((left, top))
                if any(left <= key <= right for key in keys):
                    self.continued.add(row)

    def fill(self, begin: int, rows: list[list[object]]) -> None:
        """Give cells below the first of a merge what that one holds."""
        if not self._fills:
            return
        for n, row in enumerate(rows, begin):
            for left, top in self._fills.get(n, ()):
                if left < len(row) and row[left] in ("", None):
                    row[left] = self._kept.get((top, left), "")
            if n in self._tops:
                self._kept |= {(n, index): cell for index, cell in enumerate(row)}

    def filled(self, row: int) -> set[int]:
        """The columns of a row that hold what stands above."""
        return {left for left, _top in self._fills.get(row, ())}

    def is_banner(self, row: int) -> bool:
        """Whether one cell of the row goes over half of the columns, as a title does."""
        return row in self._banners
