"""The same operations without a window. Exit status: 0 done, 1 a sentence says why not, 2 a word was not understood."""

from __future__ import annotations

import gc
import logging
import sys
import traceback
from importlib import import_module
from pathlib import Path

import click

from tracker import __version__, i18n, logs, paths, printing
from tracker.commands.base import General, damage_remedy, general, translate_help
from tracker.errors import DamagedFile, UserError
from tracker.i18n import N_, _

COMMANDS = {
    "demo": "sheets",
    "ledgers": "looking",
    "list": "looking",
    "stats": "looking",
    "due": "due",
    "template": "sheets",
    "import": "sheets",
    "workbook": "sheets",
    "report": "reports",
    "freeze": "freezing",
    "history": "history",
    "verify": "history",
    "backup": "backing",
    "restore": "backing",
    "merge": "merging",
    "part": "parting",
    "rescue": "rescuing",
    "password": "passwords",
}
"""Each command and the module of `tracker.commands` that holds it, as `NAME_command`."""


class Commands(click.Group):
    """Loads a command's module when it is called, so that `stats` never waits for the spreadsheet libraries."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        translate_help(self)
        super().format_help(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"tracker.commands.{COMMANDS[cmd_name]}"), f"{cmd_name}_command")
        assert isinstance(command, click.Command)
        gc.freeze()  # declarations stay as long as the program: the collector need not walk through them again
        return command


ABOUT = N_("Case Tracker: labour-rights ledgers and their statistics. Without a command it opens the window.")


@click.group(
    cls=Commands,
    invoke_without_command=True,
    help=ABOUT,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@general
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context) -> None:
    """The group of all commands, and the window where none is named."""
    options = context.ensure_object(General)  # here: commands are given it even where no general option is
    if context.invoked_subcommand is None:
        context.exit(_window(options))


def _window(options: General) -> int:
    lacking = printing.no_screen()
    if lacking:
        text = _("{reason} Without a window there are the commands: {commands}.")
        raise UserError(text.format(reason=lacking, commands=" ".join(COMMANDS)))
    from tracker import app  # the one deferred import: the window and Qt are loaded only when it opens

    status: int = app.main(Path(options.file) if options.file else None, options.clerk, options.lang)
    return status


def main(words: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    printing.speak_utf8()
    i18n.use(i18n.system_language())
    try:
        with logs.late(paths.log_folder()):
            return _run(words)
    except Exception as defect:  # noqa: BLE001 (the last place before the clerk, who is shown no trace)
        click.echo(_defect(defect), err=True)
        return 1


def _defect(defect: Exception) -> str:
    """Note in the log where a defect arose, without the values it met, and say so in a sentence."""
    path = logs.start(paths.log_folder())
    where = "".join(traceback.format_tb(defect.__traceback__))
    logging.getLogger(__name__).error("%s\n%s", type(defect).__name__, where)
    text = _("A defect of the program or a damage of the file ({kind}) stopped the command; see {log}.")
    return text.format(
        kind=type(defect).__name__, log=path or _("the program's log, which cannot be written")
    )


def _run(words: list[str] | None) -> int:
    try:
        status = cli.main(words, prog_name="case-tracker", standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except DamagedFile as wrong:
        text = _("{sentence} {remedy}").format(sentence=wrong, remedy=damage_remedy())
        click.echo(text, err=True)
        return 1
    except UserError as wrong:
        click.echo(str(wrong), err=True)
        return 1
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped; what was not done yet stays undone."), err=True)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except OSError as wrong:
        text = _("{path} cannot be read or written: {reason}.")
        click.echo(
            text.format(path=wrong.filename or _("The output"), reason=wrong.strerror or wrong), err=True
        )
        return 1
    return int(status or 0)


if __name__ == "__main__":
    sys.exit(main())
