"""Runs a command at a terminal of its own and types what is wanted when the terminal shows what is waited for.

type-at-terminal.py '[["Password of", "secret\\r"]]' COMMAND ARGUMENT…

Prints all that the terminal showed. OUTPUT, if set, names a file that is the standard output of the command instead of the
terminal. Control characters (Ctrl-C is \\u0003) go through the terminal as they do from a keyboard.
"""

import json
import os
import pty
import signal
import sys

PATIENCE_SECONDS = 60


def main() -> int:
    signal.alarm(PATIENCE_SECONDS)
    waiting = [(shown.encode(), typed.encode()) for shown, typed in json.loads(sys.argv[1])]
    output = os.environ.pop("OUTPUT", None)
    child, terminal = pty.fork()
    if child == 0:
        if output is not None:
            os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT, 0o600), 1)
        os.execvp(sys.argv[2], sys.argv[2:])
    everything = b""
    since = 0
    while data := read(terminal):
        everything += data
        while waiting and waiting[0][0] in everything[since:]:
            since = everything.index(waiting[0][0], since) + len(waiting[0][0])
            os.write(terminal, waiting.pop(0)[1])
    sys.stdout.buffer.write(everything)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux answers EIO when the other side is closed.
        return b""


sys.exit(main())
