"""The hosts of videos that may be shown, and what each address leads to. No request is made."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

ID = r"([A-Za-z0-9_-]{6,40})"


class HostedVideo(NamedTuple):
    """`host`: its name, and who is behind; `origin` alone is framed, at `frame`; `address` is where
    one watches it there."""

    host: str
    origin: str
    frame: str
    address: str


def video_at(url: str) -> HostedVideo | None:
    """The video of an address copied from a browser; None where it is of no known host."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if parts.scheme != "https":
        return None
    if host in {"youtube.com", "youtube-nocookie.com", "youtu.be"}:
        return _youtube(host, parts.path, parts.query)
    if host in {"vimeo.com", "player.vimeo.com"}:
        return _vimeo(parts.path)
    if host in {"dailymotion.com", "dai.ly"}:
        return _dailymotion(parts.path)
    if parts.hostname in settings.PEERTUBE_HOSTS:
        return _peertube(parts.hostname, parts.path)
    return None


def _youtube(host: str, path: str, query: str) -> HostedVideo | None:
    named = parse_qs(query).get("v", [""])[0]
    if host == "youtu.be":
        named = path.strip("/")
    elif found := re.fullmatch(rf"/(?:embed|shorts|live)/{ID}/?", path):
        named = found[1]
    if not re.fullmatch(ID, named):
        return None
    origin = "https://www.youtube-nocookie.com"
    return HostedVideo(
        "YouTube (Google)",
        origin,
        f"{origin}/embed/{named}",
        f"https://www.youtube.com/watch?v={named}",
    )


def _vimeo(path: str) -> HostedVideo | None:
    found = re.fullmatch(r"(?:/video)?/([0-9]{6,12})(?:/[0-9a-f]+)?/?", path)
    if found is None:
        return None
    origin = "https://player.vimeo.com"
    return HostedVideo(
        "Vimeo", origin, f"{origin}/video/{found[1]}?dnt=1", f"https://vimeo.com/{found[1]}"
    )


def _dailymotion(path: str) -> HostedVideo | None:
    found = re.fullmatch(r"(?:/embed)?(?:/video)?/([A-Za-z0-9]{5,12})/?", path)
    if found is None:
        return None
    origin = "https://geo.dailymotion.com"
    return HostedVideo(
        "Dailymotion",
        origin,
        f"{origin}/player.html?video={found[1]}",
        f"https://www.dailymotion.com/video/{found[1]}",
    )


def _peertube(host: str, path: str) -> HostedVideo | None:
    found = re.fullmatch(rf"/(?:w|videos/watch|videos/embed)/{ID}/?", path)
    if found is None:
        return None
    origin = f"https://{host}"
    # p2p: those who watch would otherwise learn each other's addresses.
    frame = f"{origin}/videos/embed/{found[1]}?p2p=0&peertubeLink=0"
    return HostedVideo(f"PeerTube ({host})", origin, frame, f"{origin}/w/{found[1]}")
