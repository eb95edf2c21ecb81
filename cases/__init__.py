"""The catalogue: one file per topic. A file of one's own looks the same and runs the same: `crossgrad run FILE.py`."""
