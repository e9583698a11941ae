"""Lets today's Elasticsearch client speak to Elasticsearch 7.10, for tests alone.

The client of version 9 asks for version 9's media types, which 7.10 refuses, and wants a header
that 7.10 does not send. Nothing else is changed: the requests, the answers and the engine are real,
the handshake is not.
"""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

KEPT_BACK = {"accept", "connection", "content-length", "content-type", "host", "transfer-encoding"}
HOW_LONG = 30


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer leaves at once and whole: in two parts, each waits 40 ms for the other's receipt.
    wbufsize = -1
    disable_nagle_algorithm = True
    engine = ""

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        sent = {
            name: value for name, value in self.headers.items() if name.lower() not in KEPT_BACK
        }
        sent["Accept"] = "application/json"
        if body:
            is_lines = "ndjson" in self.headers.get("Content-Type", "")
            sent["Content-Type"] = f"application/{'x-ndjson' if is_lines else 'json'}"
        connection = http.client.HTTPConnection(urlsplit(self.engine).netloc, timeout=HOW_LONG)
        try:
            connection.request(self.command, self.path, body, sent)
            response = connection.getresponse()
            answer = response.read()
        except OSError:
            self.close_connection = True  # without a word, as a dead engine
            return
        finally:
            connection.close()
        self.send_response(response.status)
        kind = response.headers.get("Content-Type", "application/json").split(";")[0]
        if kind == "application/json":
            kind = "application/vnd.elasticsearch+json;compatible-with=9"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = pass_on

    def log_message(self, *arguments) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        pass  # a client that does not wait for a paused engine


def serve(engine_url: str, port: int = 0) -> ThreadingHTTPServer:
    """Started; `server_port` says where it answers, `shutdown()` ends it."""
    handler = type("To", (Handler,), {"engine": engine_url})
    server = Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
