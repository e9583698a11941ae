"""Something that answers as Brevo and as Mailchimp do, on this machine."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# In the place of a status.
HANGS, CLOSES = "hangs", "closes"


class Provider:
    """`asked`: method, path and body of each request. `say(method, path, body)` answers
    (status, data), or HANGS or CLOSES; it may take the request first."""

    def __init__(self, say) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.headers: list[Any] = []
        self.say = say
        self.ends = threading.Event()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                provider.asked.append((self.command, self.path, body))
                provider.headers.append(self.headers)
                said = provider.say(self.command, self.path, body)
                if said in (HANGS, CLOSES):
                    if said == HANGS:
                        provider.ends.wait(10)
                    self.close_connection = True
                    return
                status, data, *headers = said
                content = json.dumps(data).encode()
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do

            def log_message(self, *arguments) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port

    def __enter__(self) -> Provider:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error) -> None:
        self.ends.set()
        self.server.shutdown()
        self.server.server_close()
