"""Runs a command at a terminal of its own and answers each question for a passphrase, which `age` asks nowhere else.

PASSPHRASE=… answer-at-terminal.py COMMAND ARGUMENT…
"""

import os
import pty
import re
import signal
import sys

PATIENCE_SECONDS = 60
QUESTION = re.compile(rb"[Pp]assphrase[^\r\n]*: ")


def main() -> int:
    signal.alarm(PATIENCE_SECONDS)
    passphrase = os.environ.pop("PASSPHRASE").encode() + b"\n"
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(sys.argv[1], sys.argv[1:])
    shown = b""
    answered = 0
    while data := read(terminal):
        shown += data
        while answered < len(QUESTION.findall(shown)):
            answered += 1
            os.write(terminal, passphrase)
    sys.stderr.buffer.write(shown)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux answers EIO when the other side is closed.
        return b""


sys.exit(main())
