"""Where things are when nobody says so: the sample articles, and a folder for each index."""

import hashlib
import re
from pathlib import Path


def sample_articles() -> Path:
    """The folder of sample articles that comes with Presscite."""
    import corpus

    return Path(corpus.__file__).parent / "articles"


def default_index_folder(folder: Path) -> Path:
    """The index folder of a corpus folder: one of its own in the user's data directory."""
    from platformdirs import user_data_path

    resolved = folder.resolve()
    name = re.sub(r"[^\w.-]+", "-", resolved.name).strip("-.")[:40] or "corpus"
    digest = hashlib.sha256(str(resolved).encode("utf-8", "surrogateescape")).hexdigest()[:10]
    return Path(user_data_path("presscite", appauthor=False)) / "indexes" / f"{name}-{digest}"
