"""How the CLI ends: errors become one sentence on stderr and an exit code, never a traceback."""

import json
import os
import re
import sys
import traceback
from typing import Any, NoReturn

import click

from engine.errors import GradreelError
from engine.files import stopping
from engine.text.echo import PATH_MAX, STEERING, echo, visible

DEBUG_VARIABLE = "GRADREEL_DEBUG"
USAGE_MAX = 500  # of click's messages, which repeat values whole
LINE_MAX, LINES_MAX = 2000, 60  # of any message
OWN_LINE = re.compile(r"\n(?=  )")


class Stopped(GradreelError):
    """The user stopped the program; the message says where."""


class Cli(click.Group):
    """A group whose ``main`` turns every failure into one sentence.

    Exit codes: 0 done, 1 the run failed or was stopped, 2 the input cannot be used.
    """

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run and exit. Arguments are click's own; standalone mode is always off inside."""
        extra["standalone_mode"] = False
        try:
            result = super().main(*args, **extra)
        except click.ClickException as error:
            _fail(usage_sentence(error), error.exit_code)
        except click.exceptions.Abort:
            _fail(stopping.STOPPED, 1)
        except Stopped as stop:
            _fail(str(stop), stop.exit_code)
        except GradreelError as error:
            _fail(*_unless_stopped(str(error), error.exit_code))
        except BrokenPipeError:
            _close_stdout()
            sys.exit(1)
        except OSError as error:
            _fail(*_unless_stopped(refused_sentence(error), 1))
        except Exception as error:
            _fail(*_unless_stopped(unexpected_sentence(error), 1))
        stopping.deaf()
        sys.exit(result if isinstance(result, int) else 0)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; Ctrl-C outside a film, where there is nothing more to say, is a plain stop."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise Stopped(stopping.STOPPED) from stop
        finally:
            stopping.deaf()  # the command is over: what is still to come is its sentence


def usage_sentence(error: click.ClickException) -> str:
    """click's message, and for wrong usage where the help is."""
    message = echo(" ".join(error.format_message().split()), USAGE_MAX)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        return f"{message} See: {error.ctx.command_path} --help"
    return message


def unexpected_sentence(error: BaseException) -> str:
    """One line for an error nobody foresaw: its type, the first line it says, how to see more."""
    said = str(error).strip().splitlines()
    first = echo(said[0].rstrip("."), USAGE_MAX) if said else ""
    what = f"{type(error).__name__}: {first}" if first else type(error).__name__
    return f"Unexpected {what}. Run it again with {DEBUG_VARIABLE}=1 to see where, and please report it."


def refused_sentence(error: OSError) -> str:
    """One line for what the system refused where nobody foresaw it."""
    where = f"{echo(os.fsdecode(error.filename), PATH_MAX)}: " if error.filename is not None else ""
    return (
        f"The system refused to go on ({where}{error.strerror or type(error).__name__}): "
        f"look at that place, its rights and the room on its disk."
    )


def _unless_stopped(sentence: str, code: int) -> tuple[str, int]:
    """The sentence and its exit code; when the user stopped the program, that is what led to the error."""
    return (stopping.STOPPED, 1) if stopping.wanted() else (sentence, code)


def debugging() -> bool:
    """Whether tracebacks are wanted."""
    return os.environ.get(DEBUG_VARIABLE, "") not in ("", "0")


def _fail(sentence: str, code: int) -> NoReturn:
    stopping.deaf()
    if debugging():
        traceback.print_exc()
    say(f"Error: {bounded(sentence)}", err=True)
    sys.exit(code)


def say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print ``text``; names and words of users in it cannot steer the terminal."""
    click.echo(visible(text), err=err, nl=nl)


def say_json(data: Any) -> None:
    """Print ``data`` as JSON, letters as they are; what would steer the terminal is an escape of JSON's."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def bounded(message: str) -> str:
    """The last guard of a message: at most ``LINES_MAX`` lines of ``LINE_MAX`` characters.

    Our own lines after the first are set in by two spaces; any other line end came with a value, and is written out.
    """
    lines = OWN_LINE.split(message[: 2 * LINE_MAX * LINES_MAX], LINES_MAX)
    cut = [_line(line) for line in lines[:LINES_MAX]]
    return "\n".join([*cut, "  …"] if len(lines) > LINES_MAX else cut)


def _line(line: str) -> str:
    line = line.replace("\n", "\\n")
    return line if len(line) <= LINE_MAX else echo(line, LINE_MAX)


def _close_stdout() -> None:
    """The reader of a pipe went away (``list | head -1``): keep Python's last flush from complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def clock(seconds: float) -> str:
    """83.46 -> "1:23.5", in minutes and seconds to a tenth."""
    tenths = round(seconds * 10)
    return f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"
