"""What stands under `/label/` beside the page of the label; each idea keeps its own addresses."""

app_name = "labelling"
urlpatterns: list = []
