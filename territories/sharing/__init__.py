"""What somebody sees who is sent the address of a page: a picture drawn for it, and its links."""
