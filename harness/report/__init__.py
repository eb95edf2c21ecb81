"""The HTML report: one file that opens from disk and shows everything that the results say."""

from harness.report.html import render

__all__ = ["render"]
