from datetime import timedelta

from territories.plugins.contributions import Job

from .indexing import index_waiting, mark_everything, mark_passed, unlearn


def catch_up() -> None:
    mark_passed()
    index_waiting()


def mend() -> None:
    """What no signal told: a renamed actor in its events' places, rows written past the code."""
    mark_everything()
    index_waiting()
    unlearn()


def forget() -> None:
    from .insight.forgetting import forget_searches

    forget_searches()


def tell_of_news() -> None:
    from .alerts.telling import tell_readers

    tell_readers()


JOBS = [
    Job("catch-up", timedelta(minutes=1), catch_up),
    Job("mend", timedelta(days=1), mend),
    Job("forget-searches", timedelta(days=1), forget),
    # Each reader once a week.
    Job("tell-of-news", timedelta(hours=1), tell_of_news),
]
