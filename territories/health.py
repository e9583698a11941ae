from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Receivers return a line about what does not work while the site does without it, or "".
looked_at = Signal()


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is up to date, 503 otherwise; a word says which. Below
    « ok », a line for whatever the site does without meanwhile."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    if pending:
        return HttpResponse("migrations pending\n", status=503, content_type="text/plain")
    said = [line for _receiver, line in looked_at.send_robust(healthz)]
    troubles = [line for line in said if line and isinstance(line, str)]
    return HttpResponse("\n".join(["ok", *troubles, ""]), content_type="text/plain")
