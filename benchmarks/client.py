"""A client that costs little, so that what is measured is the server: one kept connection, JSON."""

from __future__ import annotations

import json
import socket
from typing import Any

API = "/api/v1/"


class Client:
    """One signed-in person on one connection.

    Raises:
        RuntimeError: the server answered something other than 2xx.
    """

    def __init__(self, port: int, token: str) -> None:
        self._address = ("127.0.0.1", port)
        self._head = f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        self._socket: socket.socket | None = None

    def get(self, path: str) -> Any:
        return json.loads(self.exchange("GET", f"{API}{path}") or b"null")

    def post(self, path: str, body: Any, *, key: str = "") -> Any:
        extra = f"Idempotency-Key: {key}\r\n" if key else ""
        answer = self.exchange("POST", f"{API}{path}", json.dumps(body).encode(), extra)
        return json.loads(answer or b"null")

    def upload(self, path: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> Any:
        """POST a form with files, {field: (name, content)}."""
        border = b"border-%d" % id(fields)
        parts = [
            b'--%b\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
            % (border, name.encode(), about, content)
            for name, about, content in [
                *((name, b"", value.encode()) for name, value in fields.items()),
                *(
                    (name, f'; filename="{one}"'.encode(), raw)
                    for name, (one, raw) in files.items()
                ),
            ]
        ]
        body = b"".join([*parts, b"--%b--\r\n" % border])
        kind = f"multipart/form-data; boundary={border.decode()}"
        return json.loads(self.exchange("POST", f"{API}{path}", body, kind=kind))

    def page(self, path: str) -> bytes:
        """What lies at an address outside the API, such as a picture."""
        return self.exchange("GET", path)

    def exchange(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        extra: str = "",
        kind: str = "application/json",
    ) -> bytes:
        """The body of the answer. A connection that the server closed while idle is opened again."""
        head = f"{method} {path} HTTP/1.1\r\n{self._head}{extra}"
        if body:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        message = f"{head}\r\n".encode() + body
        for again in (True, False):
            answer = self._try(message)
            if answer is not None:
                return answer
            self.close()
            if not again:
                break
        raise RuntimeError(f"{method} {path}: the server closed the connection")

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _try(self, message: bytes) -> bytes | None:
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=120)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._socket.sendall(message)
            received = self._socket.recv(65536)
        except ConnectionError:
            return None
        return self._read(received) if received else None

    def _read(self, received: bytes) -> bytes:
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines[1:])
        parts, size = [body], len(body)
        while size < int(fields.get("content-length", 0)):
            parts.append(self._more())
            size += len(parts[-1])
        body = b"".join(parts)
        if not lines[0].split()[1].startswith("2"):
            raise RuntimeError(f"{lines[0]}: {body[:500]!r}")
        if fields.get("connection") == "close":
            self.close()
        return body

    def _more(self) -> bytes:
        if self._socket is None:
            raise RuntimeError("the connection is closed")
        part = self._socket.recv(65536)
        if not part:
            raise RuntimeError("the answer ended too early")
        return part
