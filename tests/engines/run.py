"""`make engines`: both search engines on this machine until Ctrl-C, and how to use them."""

import signal
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from engines.proxy import serve
from engines.running import ELASTICSEARCH, OPENSEARCH, CannotStart, Running

ELASTICSEARCH_PORT, PROXY_PORT, OPENSEARCH_PORT = 9207, 9208, 9217


def main(names: list[str]) -> None:
    ports = {ELASTICSEARCH: ELASTICSEARCH_PORT, OPENSEARCH: OPENSEARCH_PORT}
    chosen = [program for program in ports if not names or program.name in names]
    engines = [Running(program, ports[program]) for program in chosen]
    began = time.monotonic()
    try:
        for engine in engines:
            engine.launch()
        for engine in engines:
            engine.wait()
    except CannotStart as error:
        sys.exit(str(error))
    print(f"Ready after {time.monotonic() - began:.0f} seconds. Ctrl-C stops.")
    for engine in engines:
        port = engine.port
        if engine.program is ELASTICSEARCH:
            port = serve(engine.url, PROXY_PORT).server_port
        name = engine.program.name
        print(f"SEARCH_URL={name}://127.0.0.1:{port}/cites")
        print(f"TEST_{name.upper()}_URL={name}://127.0.0.1:{port}/test")
    over = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    over.wait()
    for engine in engines:
        engine.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
