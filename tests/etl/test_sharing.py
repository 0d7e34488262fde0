"""A second process does part of the work: same answers, same errors, and it never outlives the first."""

import multiprocessing
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psutil
import pytest

from etl import load, sharing
from etl.reading import WrongFile
from etl.sharing import Task, answers

MUCH = sharing.WORTH_BYTES


def process_and(number: int) -> tuple[int, int]:
    """Give who does this, and a number."""
    time.sleep(0.05)
    return os.getpid(), number


def refuse(name: str) -> None:
    """Find a wrong file."""
    raise WrongFile(Path(f"folder/{name}"), "It is wrong.", line=3, column="value", todo="Mend it.")


def end() -> int:
    """End the second process, as the system does when memory runs out; give who did not."""
    if multiprocessing.parent_process() is not None:
        os._exit(9)
    return os.getpid()


def numbered(count: int, *, size: int) -> dict[str, Task]:
    """Give tasks whose answers are their numbers."""
    return {f"task {n}": Task(partial(process_and, n), size) for n in range(count)}


def test_answers_come_by_name_from_two_processes():
    tasks = numbered(40, size=MUCH)
    with answers(tasks) as answer:
        found = [answer(name) for name in tasks]
    assert [number for _, number in found] == list(range(40))
    assert len({process for process, _ in found}) == 2
    assert os.getpid() in {process for process, _ in found}


def test_little_work_is_done_by_one_process():
    tasks = numbered(3, size=1)
    with answers(tasks) as answer:
        assert {answer(name)[0] for name in tasks} == {os.getpid()}


@pytest.mark.parametrize("size", [1, MUCH])
def test_wrong_file_is_raised_at_its_turn_with_all_its_words(size):
    tasks = numbered(2, size=size)
    tasks |= {name: Task(partial(refuse, name), size) for name in ("a.csv", "b.csv")}
    with answers(tasks) as answer:
        answer("task 0"), answer("task 1")
        with pytest.raises(WrongFile) as raised:
            answer("a.csv")
    assert str(raised.value) == "a.csv, line 3, column value: It is wrong. Mend it."
    assert not multiprocessing.active_children()


def test_wrong_file_is_the_same_after_it_went_from_one_process_to_another():
    wrong = WrongFile("a.csv", "It is wrong.", line=3, column="value", todo="Mend it.")
    copy = pickle.loads(pickle.dumps(wrong))
    assert (str(copy), vars(copy)) == (str(wrong), vars(wrong))


def test_what_a_second_process_that_ended_left_undone_is_done_by_the_first():
    tasks = {name: Task(end, MUCH) for name in "abc"} | numbered(3, size=MUCH)
    with answers(tasks) as answer:
        assert [answer(name) for name in "abc"] == [os.getpid()] * 3
        assert [answer(f"task {n}")[1] for n in range(3)] == [0, 1, 2]


def start(folder: Path, *options: str) -> subprocess.Popen:
    """Start a build of all starter sources as a program with a process group of its own."""
    places = ["--raw", folder / "raw", "--static", folder, "--database", folder / "house.duckdb"]
    (folder / "raw").mkdir()
    # A parent that ignores Ctrl-C (a job in the background) hands that on; this build must hear it.
    heard = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"
    program = f"{heard}\nif __name__ == '__main__':\n    from etl.__main__ import main\n    sys.exit(main())"
    words = [sys.executable, "-c", program, "--offline", *map(str, places), *options]
    return subprocess.Popen(
        words,
        cwd=load.HOUSE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def second_process(build: subprocess.Popen) -> psutil.Process:
    """Give the process that helps a build, as soon as it has begun."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        assert build.poll() is None, build.communicate()
        for child in psutil.Process(build.pid).children():
            if "spawn_main" in " ".join(child.cmdline()):
                return child
        time.sleep(0.01)
    raise AssertionError("no second process began")


def gone(process: psutil.Process) -> bool:
    """Say whether a process has ended within some seconds."""
    ends = time.monotonic() + 20
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > ends:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no kill -9 and no groups")
@pytest.mark.parametrize("later", [0, 1.5])
def test_killing_a_build_ends_its_second_process(tmp_path, later):
    build = start(tmp_path)
    second = second_process(build)
    time.sleep(later)
    build.kill()
    build.communicate()
    assert build.returncode == -signal.SIGKILL
    assert gone(second)


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no process groups")
@pytest.mark.parametrize("later", [0, 0.5, 2])
def test_ctrl_c_is_told_once_and_ends_both_processes(tmp_path, later):
    """A terminal sends it to every process of the group."""
    build = start(tmp_path)
    second = second_process(build)
    time.sleep(later)
    os.killpg(build.pid, signal.SIGINT)
    _, said = build.communicate(timeout=60)
    assert (build.returncode, said) == (130, "Stopped. Nothing was changed.\n")
    assert gone(second)
    assert not list(tmp_path.glob("house.duckdb*building*"))


def test_wrong_file_found_by_either_process_is_told_in_one_sentence(tmp_path):
    """The second process begins at the front of the sources, the first at their end."""
    for source_id, file in (("bls_qcew", "county_2025"), ("usda_rucc", "rucc_2013")):
        folder = tmp_path / source_id
        shutil.copytree(load.STARTER, folder / "starter")
        wrong = next((folder / "starter" / source_id).glob(f"{file}*"))
        wrong.write_bytes(b"<!doctype html><title>Error</title>")
        build = start(folder, "--starter", str(folder / "starter"))
        _, said = build.communicate(timeout=120)
        assert build.returncode == 1
        assert said.startswith(f"Nothing was changed. {wrong.name}, line 1: This is a web page")
        assert said.count("\n") == 1
        assert not (folder / "house.duckdb").exists()
