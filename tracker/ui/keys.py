"""The keys of pages and windows, each declared once: what acts on it and the sheet of shortcuts (F1) read it here.

Keys of the menus are declared with their commands in `tracker/ui/commands.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from tracker.i18n import N_, _
from tracker.ui.commands import COMMANDS

HERE = Qt.ShortcutContext.WidgetShortcut
WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
WINDOW = Qt.ShortcutContext.WindowShortcut
NATIVE = QKeySequence.SequenceFormat.NativeText
ARROWS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


@dataclass(frozen=True)
class Key:
    """What a key does, in the words of the sheet of shortcuts; Enter is that of the keypad too.

    `also` are other keys for the same; `typed` is one that the widget takes as it is typed, without a shortcut.
    """

    keys: str
    label: str
    also: tuple[str, ...] = ()
    typed: bool = False

    @property
    def sequences(self) -> list[QKeySequence]:
        """All keys that do it."""
        both = [each for keys in (self.keys, *self.also) for each in (keys.replace("Enter", "Return"), keys)]
        return [QKeySequence(keys) for keys in dict.fromkeys(both)]

    def on(self, home: QWidget, act: Callable[[], object], context: Qt.ShortcutContext = WINDOW) -> QShortcut:
        """Let it act in a window, or only within a widget or on it."""
        shortcut = QShortcut(home)
        shortcut.setKeys(self.sequences)
        shortcut.setContext(context)
        shortcut.activated.connect(act)
        return shortcut

    def press(self, button: QAbstractButton, tip: str = "") -> None:
        """Let it press a button, which tells it; Qt forgets the key where the button gets another text."""
        button.setShortcut(self.sequences[0])
        self.tell(button, tip)

    def tell(self, widget: QWidget, tip: str = "") -> None:
        """Name it in a tooltip."""
        widget.setToolTip(self.tip(tip))

    def tip(self, text: str = "") -> str:
        """What it does, in these words or its own, and the key."""
        return _("{what} ({keys})").format(what=text or _(self.label), keys=shown(self.keys))

    def pressed(self, event: QKeyEvent) -> bool:
        """Whether it is the key that was pressed."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return QKeySequence(QKeyCombination(held, Qt.Key(event.key()))) in self.sequences


def shown(keys: str) -> str:
    """Keys as this platform and the language in use write them, arrows as arrows."""
    native = QKeySequence(keys).toString(NATIVE)
    last = keys.rpartition("+")[2]
    return (
        native.removesuffix(QKeySequence(last).toString(NATIVE)) + ARROWS[last] if last in ARROWS else native
    )


class Group:
    """The keys of one place."""

    title: ClassVar[str]

    @classmethod
    def all(cls) -> tuple[Key, ...]:
        """Its keys in the order of their declaration."""
        return tuple(key for key in vars(cls).values() if isinstance(key, Key))

    @classmethod
    def names(cls) -> dict[str, str]:
        """Its keys as they are shown, by their names here: for sentences that tell several."""
        return {name: shown(key.keys) for name, key in vars(cls).items() if isinstance(key, Key)}


def typed(keys: str, label: str) -> Key:
    """A key that the widget takes as it is typed."""
    return Key(keys, label, typed=True)


def of_command(name: str, label: str = "") -> Key:
    """A command's key, in other words where the page in front does something of its own for it."""
    command = next(each for each in COMMANDS if each.key == name)
    return typed(command.keys, label or command.label)


# pages


class Standing(Group):
    title = N_("Above the pages")
    act = Key("Ctrl+Alt+G", N_("Do what the strip offers: go on with a draft, or open the file again"))


class Start(Group):
    title = N_("On the first page")
    open = Key("Ctrl+O", N_("Open file …"))
    go_on = Key("Enter", N_("Go on"))
    back = Key("Esc", N_("Go back to where one was"))


class Today(Group):
    title = N_("On Today")
    open = typed("Enter", N_("Open the record, or list the records of a part"))
    after = typed("Ctrl+Down", N_("Next part"))
    before = typed("Ctrl+Up", N_("Part before"))
    fold = typed("Space", N_("Open and close a part"))
    mine = Key("Ctrl+M", N_("Only mine"))
    print = of_command("print_list", N_("Preview and print what is due"))
    export = of_command("export_workbook", N_("Write what is due to a sheet"))


class Calendar(Group):
    title = N_("In the calendar")
    open = typed("Enter", N_("Open the day"))
    before = typed("PgUp", N_("Month before"))
    after = typed("PgDown", N_("Next month"))
    today = typed("Home", N_("To today"))
    back = typed("Esc", N_("Back from the day to the month"))
    mine, print, export = Today.mine, Today.print, Today.export


class List(Group):
    title = N_("In a list")
    open = Key("Enter", N_("Open the record"))
    everything = typed("Ctrl+A", N_("Select all records"))
    copy = Key("Ctrl+C", N_("Copy the selection as a table"))
    duplicate = Key("Ctrl+D", N_("Begin a record like this one"))
    change = Key("Ctrl+U", N_("Change a field of the selected records"))
    bin = Key("Del", N_("Put into the bin"))
    restore = Key("Ctrl+R", N_("Restore from the bin"))
    delete = Key("Shift+Del", N_("Delete from the bin"))
    filter = Key("Ctrl+Shift+F", N_("Add a filter"))
    by_column = Key("Alt+F", N_("Filter by this column …"))
    sort = Key("Ctrl+Shift+S", N_("Sort by a column"))
    columns = Key("Ctrl+Shift+C", N_("Choose the columns"))
    views = Key("Ctrl+Shift+V", N_("Saved views"))
    export = Key("Ctrl+Shift+E", N_("Write this list to a sheet"))
    show_bin = Key("Ctrl+Shift+B", N_("Show the records in the bin"))
    back = typed("Esc", N_("Back to the figure, or end the search"))


class Filters(Group):
    title = N_("On a filter of a list")
    change = typed("Enter", N_("Change the filter"))
    remove = typed("Del", N_("Remove the filter"))


class Cases(Group):
    title = N_("In a list of cases, also")
    documents = Key("Ctrl+Shift+D", N_("Make documents of the selected cases"))
    forms = Key("Ctrl+Alt+P", N_("Print forms of the selected records"))


class Register(Group):
    title = N_("In a register, also")
    combine = Key("Ctrl+M", N_("Combine the two selected entries"))
    alike = Key("Ctrl+Shift+M", N_("Find entries made twice"))


class Statistics(Group):
    title = N_("In the statistics")
    open = typed("Enter", N_("Show the records behind the figure"))
    numerator = Key("Shift+Enter", N_("Show the numerator's records"))
    denominator = Key("Ctrl+Enter", N_("Show the denominator's records"))
    last = Key("Alt+Enter", N_("Show last year's records"))
    copy = Key("Ctrl+C", N_("Copy as a table"))


class Period(Group):
    title = N_("Where a period is chosen")
    type = Key("Ctrl+L", N_("Type the period"))
    before = Key("Ctrl+PgUp", N_("Earlier period"))
    after = Key("Ctrl+PgDown", N_("Later period"))
    day = Key("Alt+Down", N_("Pick the day"))


class Report(Group):
    title = N_("In the report")
    after = typed("Tab", N_("Next figure"))
    before = typed("Shift+Tab", N_("Previous figure"))
    open = typed("Enter", N_("Show the records behind the figure"))
    down = typed("Down", N_("Next paragraph"))
    copy = typed("Ctrl+C", N_("Copy the paragraph"))
    back = Key("Esc", N_("Back to the text"))
    insert = of_command("search", N_("Insert a figure"))
    write = of_command("export_workbook", N_("Write the report"))


class Frozen(Group):
    title = N_("Among the frozen figures")
    moved = Key("Ctrl+D", N_("Only what differs"))
    end = Key("Del", N_("Unfreeze …"))
    copy = Statistics.copy


class Draws(Group):
    title = N_("Among the draws")
    records = Key("Enter", N_("Make records of the draw"))


class Customise(Group):
    title = N_("Among ledgers, fields and figures")
    before = Key("Ctrl+PgUp", N_("Tab before"))
    after = Key("Ctrl+PgDown", N_("Next tab"))
    change = Key("Enter", N_("Change the figure"))
    rename = Key("F2", N_("Rename, or round the figure"))
    remove = Key("Del", N_("Remove"))


class Log(Group):
    title = N_("In the log")
    open = typed("Enter", N_("Open the records that were changed"))
    clerk = Key("Alt+C", N_("Choose whose operations are shown"))
    kind = Key("Alt+K", N_("Choose which kind of operations is shown"))
    time = Key("Alt+T", N_("Choose from which time"))
    clear = Key("Ctrl+Shift+X", N_("Show everything"))


class Clerks(Group):
    title = N_("Among the clerks")
    change = Key("Enter", N_("Change post and role"))
    retire = Key("Ctrl+R", N_("Retire the clerk, or have the clerk come back"))
    remove = Key("Del", N_("Take out a name that was mistyped"))


class WorkingCalendar(Group):
    title = N_("In the working calendar")
    turn = typed("Space", N_("Off or worked"))
    before = typed("PgUp", N_("Earlier year"))
    after = typed("PgDown", N_("Later year"))
    announcement = Key("Ctrl+Shift+I", N_("Import an announcement …"))


class Backups(Group):
    title = N_("Among the backups")
    make = of_command("back_up", N_("Back up now"))
    restore = Key("Enter", N_("Take the file back to the backup …"))
    check = Key("Ctrl+D", N_("Check whether the backup is sound"))
    folder = Key("Ctrl+Shift+O", N_("Open the folder in which it is"))
    second = Key("Ctrl+Shift+P", N_("Choose a second place …"))


class Settings(Group):
    title = N_("In the settings")
    save = Key("Ctrl+S", N_("Save"))


# forms and windows


class Form(Group):
    title = N_("On the form")
    enter = typed("Enter", N_("Next field to fill in"))
    tab = typed("Tab", N_("Next field"))
    before = typed("Shift+Enter", N_("Previous field"))
    choose = typed("Alt+Down", N_("Open the calendar or the list"))
    save = typed("Ctrl+S", N_("Save"))
    save_next = typed("Ctrl+Enter", N_("Save and begin the next"))
    link = typed("Alt+Enter", N_("Open the record that the field names, or enter it"))
    related = typed("Ctrl+J", N_("Go to the related records"))
    goes_on = Key("Ctrl+Shift+J", N_("Enter what this record goes on as"))
    duplicate = typed("Ctrl+D", N_("Begin a record like this one"))
    attach = Key("Ctrl+Shift+A", N_("Attach files"))
    renumber = Key("Ctrl+Alt+N", N_("Give the record the next number, where its own is given twice"))
    other = Key("Ctrl+Alt+J", N_("Open the other record of the same number"))
    history = typed("Ctrl+H", N_("Who changed the record, and set it back"))
    close = typed("Esc", N_("Close"))


class YesOrNo(Group):
    title = N_("In a field of yes or no")
    yes = typed("Y", N_("Yes"))
    no = typed("N", N_("No"))
    turn = typed("Space", N_("Yes or no in turn"))
    clear = typed("Backspace", N_("Empty the field"))


class CaseForm(Group):
    title = N_("On the form of a case")
    parties = Key("Ctrl+Shift+P", N_("Enter the parties one by one"))
    documents = Key("Ctrl+Shift+D", N_("Make documents of the case"))
    forms = Key("Ctrl+Alt+P", N_("Print forms of the case"))
    timeline = typed("Ctrl+T", N_("Add an event of the case"))
    explain = typed("Ctrl+Shift+T", N_("How the day due was counted"))


class Attachments(Group):
    title = N_("Among the attachments of a form")
    open = Key("Enter", N_("Open a copy"))
    rename = Key("F2", N_("Rename"))
    save_as = Key("Ctrl+Shift+S", N_("Save as a file"))
    paste = Key("Ctrl+V", N_("Paste a picture or files"))
    remove = Key("Del", N_("Put into the bin"))


class Rows(Group):
    title = N_("In a table of parties or new records")
    enter = typed("Enter", N_("Next cell"))
    paste = typed("Ctrl+V", N_("Paste rows of a sheet"))
    empty = typed("Del", N_("Empty the cells"))
    remove = Key("Ctrl+Del", N_("Remove the rows"))
    undo = Key("Ctrl+Z", N_("Take back the last step in the table"))
    redo = Key("Ctrl+Y", N_("Do again what was taken back"), also=("Ctrl+Shift+Z",))
    next = Key("F8", N_("Next doubtful cell"))
    save = Key("Ctrl+S", N_("Save"), also=("Ctrl+Enter",))


class History(Group):
    title = N_("In the history of a record")
    set_back = Key("Ctrl+Enter", N_("Set the record back to the state chosen"))


class Event(Group):
    title = N_("Entering an event")
    enter = typed("Enter", N_("Next field to fill in"))
    save = Key("Ctrl+S", N_("Save"))
    back = typed("Esc", N_("Close"))


class Documents(Group):
    title = N_("Making documents")
    make = Key("Ctrl+Enter", N_("Make the documents that are ticked"))


class Templates(Group):
    title = N_("Among the templates of documents")
    search = Key("Ctrl+F", N_("Search the names"))
    copy = typed("Ctrl+C", N_("Copy the row in hand"))


class Columns(Group):
    title = N_("Choosing the columns")
    tick = typed("Space", N_("Show a column or leave it out"))
    up = Key("Alt+Up", N_("Further to the left"))
    down = Key("Alt+Down", N_("Further to the right"))


class Import(Group):
    title = N_("In the import")
    open = typed("Enter", N_("Choose what a column or a word means"))
    choose = Key("Ctrl+O", N_("Choose a file"))
    template = Key("Ctrl+T", N_("Make an empty sheet to fill in"))
    reread = Key("F5", N_("Read the file again"))
    go_on = Key("Ctrl+Enter", N_("Go on"))
    rest = Key("Ctrl+Shift+Enter", N_("Import the rest only"))
    problems = Key("Ctrl+S", N_("Write the doubtful rows to a sheet"))
    leave_out = Key("Ctrl+Del", N_("Leave a row out"))
    back = typed("Esc", N_("A step back, from the first out"))


class Export(Group):
    title = N_("Exporting the workbook")
    choose = Key("Ctrl+B", N_("Choose folder and name"))
    write = Key("Ctrl+Enter", N_("Write the workbook"))
    open = Key("Ctrl+O", N_("Open the workbook"))
    folder = Key("Ctrl+Shift+O", N_("Open the folder in which it is"))
    close = typed("Esc", N_("Stop, or close this window"))


class Question(Group):
    title = N_("In a small window that asks something")
    take = typed("Enter", N_("Take what is filled in"))
    back = typed("Esc", N_("Change nothing"))


class Merge(Group):
    title = N_("Merging another file")
    choose = Key("Ctrl+O", N_("Choose a file"))
    ours = typed("Left", N_("Keep what this file has"))
    theirs = typed("Right", N_("Take what the other file has"))
    on = typed("Enter", N_("Next field to be chosen, or open the record"))
    newest = Key("Ctrl+L", N_("Newest for all others"))
    renumber = Key("Ctrl+D", N_("Give the later ones the next numbers"))
    strange = Key("Ctrl+Shift+M", N_("Merge another office's file all the same"))
    merge = Key("Ctrl+Enter", N_("Merge"))
    close = Export.close


class Part(Group):
    title = N_("Writing a part for sending")
    tick = typed("Space", N_("Tick the ledger, or not"))
    choose = Key("Ctrl+B", N_("Choose folder and name"))
    write = Key("Ctrl+Enter", N_("Write the part"))
    everything = Key("Ctrl+Shift+A", N_("Write everything, where nothing is chosen"))
    folder, close = Export.folder, Export.close


class Preview(Group):
    title = N_("In the preview of what is printed")
    before = Key("PgUp", N_("Page before"))
    after = Key("PgDown", N_("Next page"))
    larger = Key("Ctrl++", N_("Larger"))
    smaller = Key("Ctrl+-", N_("Smaller"))
    turn = Key("Ctrl+L", N_("Turn the paper"))
    pdf = Key("Ctrl+S", N_("Write a PDF"))
    print = Key("Ctrl+P", N_("Choose a printer and print"))


class Passwords(Group):
    title = N_("Where a password is typed")
    go_on = typed("Enter", N_("Go on"))
    show = Key("Alt+V", N_("Show what is typed, or hide it"))
    back = typed("Esc", N_("Go back to where one was"))


class Recovery(Group):
    title = N_("Where a recovery key is shown")
    print = Key("Ctrl+P", N_("Print the recovery key"))
    copy = Key("Ctrl+Shift+C", N_("Copy the recovery key"))


class Finder(Group):
    title = N_("In the search over everything")
    down = typed("Down", N_("Next line"))
    open = typed("Enter", N_("Open the record, page or ledger"))
    back = typed("Esc", N_("Go back to where one was"))


PAGES: tuple[type[Group], ...] = (
    Start,
    Standing,
    Today,
    Calendar,
    List,
    Filters,
    Cases,
    Register,
    Statistics,
    Period,
    Report,
    Frozen,
    Draws,
    Customise,
    Clerks,
    Log,
    WorkingCalendar,
    Backups,
    Settings,
)
WINDOWS: tuple[type[Group], ...] = (
    Form,
    YesOrNo,
    CaseForm,
    Attachments,
    History,
    Rows,
    Event,
    Documents,
    Templates,
    Columns,
    Import,
    Export,
    Passwords,
    Recovery,
    Question,
    Merge,
    Part,
    Preview,
    Finder,
)
