FROM python:3.11-slim AS build
WORKDIR /source
RUN python -m venv /venv
COPY requirements/production.txt requirements/dev.txt requirements/
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/production.txt
# The builder's own tools come from the development lock, hashes included.
RUN python -m venv /build && /build/bin/pip install --no-cache-dir --require-hashes -r requirements/dev.txt
COPY pyproject.toml README.md LICENSE ./
COPY site site
COPY agenda agenda
COPY cooperation cooperation
COPY labelling labelling
COPY newsletter newsletter
COPY newsroom newsroom
COPY resources_directory resources_directory
COPY territories territories
RUN /build/bin/python -m build --wheel --no-isolation --outdir /wheel \
    && /venv/bin/pip install --no-cache-dir --no-deps --no-index /wheel/*.whl

FROM python:3.11-slim
# What sets the posters as PDF.
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv cites \
    && install -d -o cites -g cites /srv/var /srv/var/media /srv/var/private /srv/var/static
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    CITES_VAR=/srv/var
USER cites
WORKDIR /srv
# The addresses are placeholders: collecting static files reaches nothing.
RUN SECRET_KEY=build DATABASE_URL=sqlite:////srv/var/build.sqlite3 CITES_ADMIN_URL=https://build.invalid \
    django-admin collectstatic --noinput --verbosity 0
VOLUME /srv/var/media
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz')"]
CMD ["gunicorn", "portal.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
