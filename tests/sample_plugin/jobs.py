from datetime import timedelta

from territories.plugins.contributions import Job

RUNS = []

JOBS = [Job("count", timedelta(minutes=5), lambda: RUNS.append(1))]
