from __future__ import annotations

import logging

from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseForbidden
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from territories.pages.base import SOURCE_LANGUAGE

from .counting import Ending, count_search
from .telling import comes_from_here, is_to_be_counted, read_stamp

logger = logging.getLogger(__name__)


# Pages from a cache have no token; the browser says where this comes from, and the stamp is ours.
@csrf_exempt
@require_POST
@never_cache
def told(request: HttpRequest) -> HttpResponse:
    """`stamp`, `ending`: how a search ended. Nobody waits for the answer, which is empty."""
    if not comes_from_here(request):
        return HttpResponseForbidden(_("Cette adresse ne répond qu’aux pages de ce site."))
    try:
        text, has_results = read_stamp(request, request.POST.get("stamp", ""))
        ending = Ending(request.POST.get("ending", ""))
    except (signing.BadSignature, ValueError):
        return HttpResponseBadRequest(_("Ce qui est dit de cette recherche n’a pas de sens."))
    if has_results == (ending is Ending.NOTHING):
        return HttpResponseBadRequest(_("Ce qui est dit de cette recherche n’a pas de sens."))
    if is_to_be_counted(request, text):
        try:
            count_search(
                territory=request.territory,
                language=get_language() or SOURCE_LANGUAGE,
                text=text,
                ending=ending,
            )
        except DatabaseError:
            logger.exception("A search could not be counted")
    return HttpResponse(status=204)
