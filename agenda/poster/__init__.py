"""An event on one sheet of paper, for the door of a hall or of a shop: a page, a PDF, a drawing."""
