"""Gunicorn inside a process that has imported the site already."""

from gunicorn.app.base import BaseApplication

# tried on 2 cores: two processes of four threads; see docs/operations.md.
OPTIONS = {
    "worker_class": "gthread",
    "workers": 2,
    "threads": 4,
    "preload_app": True,
    "timeout": 60,
    "graceful_timeout": 2,
    "keepalive": 5,
    "loglevel": "warning",
    "control_socket_disable": True,
}


class Server(BaseApplication):
    def __init__(self, host: str, port: int):
        self.address = f"{host}:{port}"
        super().__init__()

    def load_config(self) -> None:
        for name, value in OPTIONS.items():
            self.cfg.set(name, value)
        self.cfg.set("bind", self.address)

    def load(self):
        from portal.wsgi import application

        return application
