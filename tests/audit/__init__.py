"""The audit of a built site: every page under axe in a browser, every file under vnu, every link.

`python -m audit` runs it all, `python -m audit.screenshots` takes pictures for people; `make` knows how.
"""
