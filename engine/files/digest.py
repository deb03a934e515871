"""What a file of gradreel's own holds, in 64 signs. Files that a user names are opened with engine.files.regular."""

import hashlib
from pathlib import Path


def sha256(path: Path) -> str:
    """sha256 hex of a file's bytes. Raises OSError."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
