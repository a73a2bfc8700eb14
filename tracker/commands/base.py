"""What the commands share: the general options, a period's words, and the data file opened for reading or writing."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from tracker import i18n, paths
from tracker.catalogue import STANDARD
from tracker.db.database import damaged, found_damaged
from tracker.errors import DamagedFile, PasswordNeeded, WrongPassword
from tracker.i18n import N_, _
from tracker.operations import clerks, opening, partial, passwords, recomputing
from tracker.operations.making import making
from tracker.operations.office import Office, who_acts
from tracker.operations.password_words import made_up_told
from tracker.period import Period
from tracker.schema import values
from tracker.schema.own import OWN

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
PASSWORD = "CASE_TRACKER_PASSWORD"
OTHER_PASSWORD = "CASE_TRACKER_OTHER_PASSWORD"
"""Of the file to be merged, the backup to be restored or looked at."""
TWO_PASSWORDS = N_(
    "Passwords: CASE_TRACKER_PASSWORD opens the data file, and the other file or backup where that has the same one; "
    "else CASE_TRACKER_OTHER_PASSWORD opens that. What is in neither is asked for on a terminal."
)
"""Below the options of a command that opens two files."""


@dataclass
class General:
    """The options that stand before or after any command."""

    file: str | None = None
    clerk: str | None = None
    json: bool = False
    lang: str | None = None

    @property
    def path(self) -> Path:
        """The data file named, or the office's own."""
        return paths.itself(Path(self.file) if self.file else paths.default_file())


def _language(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        i18n.use(value)
        context.ensure_object(General).lang = value


def _remember(context: click.Context, option: click.Parameter, value: Any) -> None:
    if value:
        setattr(context.ensure_object(General), str(option.name), value)


class Command(click.Command):
    """A command whose help, given as message ids, is shown in the language in use."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        translate_help(self)
        super().format_help(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            formatter.write_paragraph()
            formatter.write_text(_(self.epilog))

    def get_short_help_str(self, limit: int = 45) -> str:
        return _(_message(self))


def translate_help(command: click.Command) -> None:
    """Put a command's help and its options' into the language in use."""
    command.help = _(_message(command))
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            parameter.help = _(_message(parameter))


def _message(told: click.Command | click.Option) -> str:
    """The message id that its help was declared with, which a translation took the place of."""
    message: str = vars(told).setdefault("help_id", told.help or "")
    return message


GENERAL = (
    click.option("--file", metavar="PATH", callback=_remember, expose_value=False, help=N_("The data file.")),
    click.option("--clerk", metavar="NAME", callback=_remember, expose_value=False, help=N_("Who acts.")),
    click.option(
        "--json",
        is_flag=True,
        callback=_remember,
        expose_value=False,
        help=N_("One JSON document on standard output."),
    ),
    click.option(
        "--lang",
        type=click.Choice(i18n.LANGUAGES),
        callback=_language,
        expose_value=False,
        is_eager=True,
        help=N_("Language."),
    ),
)


def general(command: F) -> F:
    """Give a command the general options; they work before and after its name."""
    for option in GENERAL:
        command = option(command)
    return command


class Day(click.ParamType[Any]):
    """A day, in any of the ways a clerk writes it."""

    name = "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(values.parse_day(value))
        except values.Invalid as wrong:
            self.fail(str(wrong), param, ctx)


class Word(click.ParamType[Any]):
    """One word of a fixed vocabulary; another one is answered with those there are."""

    def __init__(self, name: str, words: dict[str, Any]) -> None:
        self.name, self.words = name, words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        if value not in self.words:
            self.fail(
                _("“{word}” is not one of: {words}.").format(word=value, words=" ".join(self.words)),
                param,
                ctx,
            )
        return self.words[value]


class FigureKey(Word):
    """The key of a figure; an office's own (`ledger.own_…`, `ledger.by_own_…`) is looked for in its file later."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        ledger, _dot, name = str(value).partition(".")
        own = ledger in STANDARD.by_name and name.removeprefix("by_").startswith(OWN)
        if value not in self.words and not own:
            text = _("There is no figure “{key}”; `case-tracker stats` lists them all.")
            self.fail(text.format(key=value), param, ctx)
        return value


LEDGER = Word("LEDGER", dict(STANDARD.by_name))
KEY = FigureKey("KEY", {key: key for key in STANDARD.by_key})


_SPAN = (
    click.option("--to", "end", type=Day(), help=N_("Last day of the period.")),
    click.option("--from", "begin", type=Day(), help=N_("First day of the period.")),
    click.option("--year", type=click.IntRange(1949, 2199), help=N_("A calendar year.")),
)
_AS_OF = click.option(
    "--as-of", "as_of", type=Day(), help=N_("What is known by this day; default: the period's last.")
)


def period_options(command: F) -> F:
    """Give a command the words of a period; it receives `period`, None where none was given."""
    return _with_period(command, _AS_OF, *_SPAN)


def span_options(command: F) -> F:
    """As `period_options`, without the day by which something is known."""
    return _with_period(command, *_SPAN)


def _with_period(command: F, *options: Callable[..., Any]) -> F:
    @functools.wraps(command)
    def with_period(
        *args: Any,
        year: int | None,
        begin: date | None,
        end: date | None,
        as_of: date | None = None,
        **words: Any,
    ) -> Any:
        return command(*args, period=_period(year, begin, end, as_of), **words)

    for option in options:
        with_period = option(with_period)
    return with_period  # type: ignore[return-value]


def _period(year: int | None, begin: date | None, end: date | None, as_of: date | None) -> Period | None:
    if year is None and begin is None and end is None and as_of is None:
        return None
    if year is not None and begin is None and end is None:
        return Period.year(year, as_of)
    if year is None and begin is not None and end is not None:
        return Period.of(begin, end, as_of)
    raise click.UsageError(_("Name the period by --year, or by --from and --to."))


def needed(period: Period | None) -> Period:
    if period is None:
        raise click.UsageError(_("Name the period by --year, or by --from and --to."))
    return period


def with_password(opened: Callable[[str | None], T], path: Path, variable: str = PASSWORD) -> T:
    """Open a file by `CASE_TRACKER_PASSWORD`, else, where it needs one, by what is typed on a terminal."""
    try:
        return opened(os.environ.get(variable) or None)
    except WrongPassword:
        raise
    except PasswordNeeded as wrong:
        if not sys.stdin.isatty():
            raise PasswordNeeded(
                _("{sentence} Set {variable}.").format(sentence=wrong, variable=variable)
            ) from None
        return opened(typed_password(_("Password of {path}").format(path=path)))


def with_other_password(opened: Callable[[str | None], T], path: Path, own: str | None) -> T:
    """Open another file than ours by what opens that, as it does a copy; else by `CASE_TRACKER_OTHER_PASSWORD` or what
    is typed."""
    if own and passwords.has_password(path):
        with suppress(PasswordNeeded):
            return opened(own)
    return with_password(opened, path, OTHER_PASSWORD)


def with_backup_password(opened: Callable[[str | None], T], path: Path, own: str | None = None) -> T:
    """Open a backup by what opens its file, `own` or what `CASE_TRACKER_PASSWORD` says; else as another file."""
    own = own or os.environ.get(PASSWORD)
    if not own and not os.environ.get(OTHER_PASSWORD):
        return with_password(opened, path)
    return with_other_password(opened, path, own)


def typed_password(prompt: str) -> str:
    """A password typed on the terminal, unseen."""
    return str(click.prompt(prompt, hide_input=True, err=True))


def warn(text: str) -> None:
    """Something that stops nothing."""
    click.echo(text, err=True)


def damage_remedy() -> str:
    """What commands there are for a file that is damaged."""
    return _(
        "`case-tracker backup --list` lists its backups, and `case-tracker restore` takes it back to one; "
        "`case-tracker rescue NEW` brings what can be read of it into a new file."
    )


@contextmanager
def _without_window(path: Path) -> Iterator[None]:
    """Damage is told as whoever works in no window can do something about."""
    try:
        yield
    except DamagedFile as wrong:
        text = str(wrong).replace(str(found_damaged(path)), str(damaged(path)))
        raise DamagedFile(text, wrong.path) from wrong


def _warn_of_a_part(office: Office) -> None:
    with suppress(DamagedFile):  # elsewhere than in what the command reads, perhaps
        if why := partial.told(office.db):
            warn(why)


def told_part(options: General, office: Office) -> dict[str, str]:
    """What a JSON document of figures, if one is wanted, has beside them where they were made from a part."""
    told = partial.beside_figures(office.db) if options.json else ""
    return {"part": told} if told else {}


@contextmanager
def reading(options: General) -> Iterator[Office]:
    """The data file, open for reading."""
    who = who_acts(options.clerk)
    office = with_password(lambda key: opening.for_command(options.path, who, key=key), options.path)
    if office.db.refusal:  # a newer program's file
        warn(office.db.refusal)
    try:
        for text in office.notes:
            warn(text)
        _warn_of_a_part(office)
        office.listener = warn
        with _without_window(options.path):
            yield office
    finally:
        office.close()


@contextmanager
def writing(options: General, *, make: bool = False) -> Iterator[Office]:
    """The data file, open for writing; with `make` a new one where there is none, kept only if all goes well."""
    path, who = options.path, who_acts(options.clerk)
    if path.exists() or not make:
        wait = opening.COMMAND_WAITS
        office = with_password(lambda key: opening.to_write(path, who, key=key, wait=wait), path)
        try:
            if why := opening.unsafe(path):
                warn(why)
            clerks.require_known(office)
            _warn_of_a_part(office)
            for text in office.notes:
                warn(text)
            office.notes.clear()
            heard: dict[str, None] = {}
            office.keep_backups(heard.setdefault)
            office.listener = warn
            with _without_window(path):
                recomputing.follow(office)
                for text in made_up_told(passwords.make_up(office)):
                    warn(text)
                yield office
            for text in heard:  # each once, and no word of work that is saved where nothing was
                warn(text)
        finally:
            office.close()
        return
    folders = [] if options.file else [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(folders):
        folder.mkdir()
    try:
        with making(path, who, opening.COMMAND_WAITS) as office:
            office.listener = warn
            yield office
    except BaseException:
        for folder in folders:
            with suppress(OSError):  # something else was put there meanwhile
                folder.rmdir()
        raise
    if os.environ.get(PASSWORD):  # which opens files; it gives none
        text = _("{path} is made without a password; `case-tracker password set` gives it one.")
        warn(text.format(path=path))
