"""A visitor without a browser: asks a Streamlit server for reruns and counts what comes back."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

LARGEST_MESSAGE = 50_000_000
LONGEST_RERUN_SECONDS = 300


# So many reruns a browser keeps a message that none of them used (Streamlit's maxCachedMessageAge).
KEPT_RERUNS = 2


class Session:
    """One open window, as the server sees it.

    Like a browser, it names the messages that it still holds, so that they are not sent again.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.reruns = 0
        self.held: dict[str, int] = {}  # checksum of a message -> the rerun that last used it

    def rerun(self, page: str = "", query: str = "") -> tuple[float, int]:
        """Run a page's script; give milliseconds until it has finished and bytes sent.

        The bytes are those of the socket's messages before compression.
        """
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        asked.rerun_script.cached_message_hashes.extend(self.held)
        began = time.perf_counter()
        self.socket.send(asked.SerializeToString())
        sent = 0
        while True:
            message = self.socket.recv(timeout=LONGEST_RERUN_SECONDS)
            sent += len(message)
            answer = ForwardMsg()
            answer.ParseFromString(message)
            self.hold(answer)
            if answer.WhichOneof("type") == "script_finished":
                self.let_go()
                return (time.perf_counter() - began) * 1000, sent

    def hold(self, message: ForwardMsg) -> None:
        """Note a message that a browser keeps, or the use of one that it has."""
        if message.WhichOneof("type") == "ref_hash":
            self.held[message.ref_hash] = self.reruns
        elif message.metadata.cacheable:
            self.held[message.hash] = self.reruns

    def let_go(self) -> None:
        """Forget what no rerun has used for a while."""
        self.reruns += 1
        self.held = {
            name: used for name, used in self.held.items() if self.reruns - used <= KEPT_RERUNS
        }


@contextmanager
def visiting(address: str) -> Iterator[Session]:
    """Open a session on a server."""
    url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with connect(
        url, max_size=LARGEST_MESSAGE, subprotocols=["streamlit"], origin=address
    ) as socket:
        yield Session(socket)
