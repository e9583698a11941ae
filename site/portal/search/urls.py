app_name = "portal_search"
urlpatterns = []
api = ([], "search_api")
