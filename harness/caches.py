"""Where things are kept between runs: in the user's cache folder, or in folders that variables name."""

import os
from pathlib import Path

from platformdirs import user_cache_path


def folder(name: str, variable: str) -> Path:
    """The folder that the environment variable names, else that of this name in the user's cache folder."""
    chosen = os.environ.get(variable)
    return Path(chosen).expanduser().absolute() if chosen else user_cache_path("crossgrad", False) / name
