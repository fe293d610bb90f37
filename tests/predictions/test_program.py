"""A program of somebody's own predicts: it ends, and what it wrote is read like a file."""

import shlex
import sys
import time
from pathlib import Path

import pytest

from commands import need
from fazhi._text import printable
from fazhi.errors import InputError
from fazhi.predictions import Policy, _program, from_program
from makers import make_example

SEGMENTS = [
    make_example("县司法局受理5件。", name="made-2020-s001").segment,
    make_example("二是学法。", name="made-2020-s002").segment,
]
ECHO = (
    "import json, sys\n"
    "for line in sys.stdin:\n"
    "    given = json.loads(line)\n"
    "    assert sorted(given) == ['heading_path', 'id', 'kind', 'report', 'text']\n"
    "    print(json.dumps({'id': given['id'], 'role': 'work'}))\n"
)


def python(source: str) -> str:
    return shlex.join([sys.executable, "-c", source])


def refusal(command: str, seconds: float = 60) -> str:
    with pytest.raises(InputError) as caught:
        from_program(command, SEGMENTS, None, seconds)
    name = printable(command)
    assert str(caught.value).startswith(name)
    return str(caught.value).removeprefix(f"{name}: ")


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"


@pytest.fixture
def proc():
    """The system's list of processes."""
    need(Path("/proc/self/fd").is_dir(), "/proc", "Run the test on Linux")


def ends(pid: int) -> bool:
    """Whether a process that was killed is soon gone."""
    for _ in range(200):
        if not is_running(pid):
            return True
        time.sleep(0.05)
    return False


def test_it_reads_the_segments_and_writes_predictions():
    reading = from_program(python(ECHO), SEGMENTS, Policy(), 60)
    assert reading.problems == ()
    assert [each.role for each in reading.predictions] == ["work", "work"]


def test_what_it_writes_is_checked_with_lines():
    command = python("print('{}'); print('[')")
    problems = from_program(command, SEGMENTS, None, 60).problems
    assert [each.line for each in problems] == [None, 1, 2]


def test_words_are_split_as_by_a_shell_but_no_shell_runs(tmp_path):
    written = tmp_path / "written"
    source = "import sys; print(len(sys.argv), file=sys.stderr); sys.exit(1)"
    # $0 is -c; >, the name, ;, and false follow as arguments
    message = refusal(f"{python(source)} > {written} ; false")
    assert message.startswith("ended with exit code 1; the last line of its standard error is '5'")
    assert not written.exists()


class TestNoDeadlock:
    def test_where_it_writes_much_before_it_reads_much(self):
        many = [
            make_example("学" * 500, name=f"made-2020-s{number:04}").segment
            for number in range(1000)  # 1.6 MB of UTF-8; a pipe holds 64 kB
        ]
        noise = (
            "import sys\n"
            "print('\\n' * 1_000_000, flush=True)\n"
            "sys.stderr.write('warning\\n' * 100_000)\n"
        )
        reading = from_program(python(noise + ECHO), many, None, 60)
        assert reading.problems == ()
        assert len(reading.predictions) == 1000

    def test_where_it_never_reads(self):
        names = [each.id for each in SEGMENTS]
        source = f'for name in {names}: print(\'{{"id": "\' + name + \'", "role": "work"}}\')'
        assert from_program(python(source), SEGMENTS, None, 60).problems == ()

    def test_where_it_closes_everything_and_goes_on(self):
        source = "import os, time\nfor each in (0, 1, 2): os.close(each)\ntime.sleep(600)"
        assert refusal(python(source), 2).startswith("takes longer than 2 seconds")


class TestRefusals:
    @pytest.mark.parametrize(
        ("command", "message"),
        [
            ("no-such-program --x", "cannot be started (No such file or directory)"),
            ("/", "cannot be started (Permission denied)"),
            ("python '", "cannot be started (No closing quotation)"),
            ("python\0", "cannot be started (embedded null byte)"),
            ("", "cannot be started ("),
        ],
    )
    def test_what_cannot_be_started(self, command, message):
        assert refusal(command).startswith(message)

    def test_an_exit_code_with_the_last_line_of_its_error(self):
        source = (
            "import sys; sys.stderr.write('first\\nno model \\x1b[2J found\\n\\n'); sys.exit(3)"
        )
        assert refusal(python(source)).startswith(
            "ended with exit code 3; the last line of its standard error is "
            "'no model \\x1b[2J found'"
        )

    def test_an_exit_code_without_a_word(self):
        assert "is '(nothing)'" in refusal(python("raise SystemExit(1)"))

    def test_a_signal(self):
        source = "import os; os.kill(os.getpid(), 9)"
        assert refusal(python(source)).startswith("was ended by SIGKILL")

    def test_predictions_before_a_failure_do_not_count(self):
        assert "exit code 1" in refusal(python(ECHO + "sys.exit(1)"))

    def test_no_output(self):
        assert refusal(python("")).startswith("wrote nothing")

    def test_output_without_end(self):
        source = "import sys\nwhile True: sys.stdout.write('\\n' * 10**6)"
        assert refusal(python(source)).startswith("is larger than 100,000,000 bytes")

    def test_complaints_without_end(self):
        source = "import sys\nwhile True: sys.stderr.write('!' * 10**6)"
        assert refusal(python(source), 2).startswith("takes longer than 2 seconds")

    def test_output_in_another_encoding(self):
        source = "import sys; sys.stdout.buffer.write('法治政府'.encode('gb18030'))"
        assert "looks like GB18030" in refusal(python(source))


@pytest.mark.usefixtures("proc")
class TestNothingIsLeftRunning:
    CHILD = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open(sys.argv[1], 'w').write(str(child.pid))\n"
    )

    def test_after_the_time_is_over(self, tmp_path):
        source = self.CHILD + "import time; time.sleep(600)"
        assert "takes longer" in refusal(f"{python(source)} {tmp_path / 'pid'}", 5)
        assert ends(int((tmp_path / "pid").read_text("utf-8")))

    def test_when_it_leaves_a_child_that_holds_its_output_open(self, tmp_path):
        command = f"{python(self.CHILD + ECHO)} {tmp_path / 'pid'}"
        assert from_program(command, SEGMENTS, None, 600).problems == ()
        assert ends(int((tmp_path / "pid").read_text("utf-8")))

    def test_when_it_leaves_a_child_that_goes_on_writing(self):
        writer = "import os\nwhile True: os.write(2, b'!' * 65536)"
        source = f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {writer!r}])\n"
        assert from_program(python(source + ECHO), SEGMENTS, None, 30).problems == ()

    def test_when_the_user_interrupts(self, monkeypatch):
        started = []

        def interrupt(program, _):
            started.append(program)
            raise KeyboardInterrupt

        monkeypatch.setattr(_program, "_take_chunks", interrupt)
        with pytest.raises(KeyboardInterrupt):
            from_program(python("import time; time.sleep(600)"), SEGMENTS, None, 600)
        assert not is_running(started[0].pid)

    def test_no_file_is_left_open(self):
        def number():
            return len(list(Path("/proc/self/fd").iterdir()))

        before = number()
        from_program(python(ECHO), SEGMENTS, None, 60)
        refusal(python("raise SystemExit(1)"))
        refusal("no-such-program")
        assert number() == before
