"""What a territory keeps for its professionals: pages, documents, and the log-in that opens them.

Privacy is said in one way, Wagtail's view restrictions; who passes them is said in `readers.py`.
"""
