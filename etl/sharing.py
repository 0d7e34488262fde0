"""Work shared with a second process, so that a build uses two cores; the answers are the same without it.

Reading and tidying files is Python and keeps one core busy; storing them is DuckDB. The second
process begins at the front of the tasks, which are asked for in order, and this one helps from the
end as long as more is left for the other than for itself.
"""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import NamedTuple

from equity.errors import Problem

# A second process takes about a second to start: worth it from about this many bytes of files on.
WORTH_BYTES = 6_000_000
# Storing a source takes about this part of the time that reading it takes.
STORING = 0.5


class Task(NamedTuple):
    """A piece of work: a function of a module with its arguments (functools.partial), and its size in bytes."""

    work: Callable[[], object]
    size: int


@contextmanager
def answers(tasks: Mapping[str, Task]) -> Iterator[Callable[[str], object]]:
    """Give a function that gives the answer of each task by its name, once, in the order of the tasks.

    A task's Problem is raised where its answer is asked for. No process outlives the block, not even
    when this one is killed.
    """
    if (os.cpu_count() or 1) < 2 or sum(task.size for task in tasks.values()) < WORTH_BYTES:
        yield lambda name: tasks[name].work()
        return
    before = multiprocessing.active_children()
    with ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), initializer=begin
    ) as second:
        try:
            with interrupts_held_back():
                asked = {name: second.submit(task.work) for name, task in tasks.items()}
            yield lambda name: answer(name, tasks, asked)
        finally:
            for process in set(multiprocessing.active_children()) - set(before):
                process.terminate()
            second.shutdown(cancel_futures=True)


def answer(name: str, tasks: Mapping[str, Task], asked: dict[str, Future]) -> object:
    """Give a task's answer, from whichever process has it first."""
    future = asked[name]
    while not (future.done() or future.cancel()) and (spare := spare_task(tasks, asked)):
        asked[spare] = done_here(tasks[spare])
    del asked[name]
    if future.cancelled():
        return tasks[name].work()
    try:
        return future.result()
    except BrokenProcessPool:
        # It was ended from outside, or could not be started.
        return tasks[name].work()


def spare_task(tasks: Mapping[str, Task], asked: dict[str, Future]) -> str | None:
    """Take the last task that nobody has begun, unless this process has as much left as the other."""
    begun = {name for name, future in asked.items() if future.running() or future.done()}
    for_other = sum(tasks[name].size for name in asked.keys() - begun)
    for_this = STORING * sum(tasks[name].size for name in asked)
    for name in reversed(list(asked)):
        if name not in begun and for_other > for_this + 2 * tasks[name].size:
            return name if asked[name].cancel() else None
    return None


def done_here(task: Task) -> Future:
    """Do a task in this process; give its answer, or its Problem, for when it is asked for."""
    future: Future = Future()
    try:
        future.set_result(task.work())
    except Problem as problem:
        future.set_exception(problem)
    return future


def begin() -> None:
    """Prepare the second process: it ends with the first, which alone hears the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_the_first, daemon=True).start()


def end_with_the_first() -> None:
    """Wait until the first process has ended, however it did, and end at once."""
    multiprocessing.parent_process().join()
    os._exit(1)


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Hold back Ctrl-C: a process started meanwhile never hears it, this one hears it after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
