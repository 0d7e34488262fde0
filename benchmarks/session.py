"""A visitor without a browser: asks a Streamlit server for reruns and counts what comes back."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

LARGEST_MESSAGE = 50_000_000
LONGEST_RERUN_SECONDS = 300


class Session:
    """One open window, as the server sees it."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def rerun(self, page: str = "", query: str = "") -> tuple[float, int]:
        """Run a page's script; give milliseconds until it has finished and bytes sent.

        The bytes are those of the socket's messages before compression.
        """
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        began = time.perf_counter()
        self.socket.send(asked.SerializeToString())
        sent = 0
        while True:
            message = self.socket.recv(timeout=LONGEST_RERUN_SECONDS)
            sent += len(message)
            answer = ForwardMsg()
            answer.ParseFromString(message)
            if answer.WhichOneof("type") == "script_finished":
                return (time.perf_counter() - began) * 1000, sent


@contextmanager
def visiting(address: str) -> Iterator[Session]:
    """Open a session on a server."""
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(
        url, max_size=LARGEST_MESSAGE, subprotocols=["streamlit"], origin=address
    ) as socket:
        yield Session(socket)
