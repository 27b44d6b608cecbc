"""One hash for one content, however the file is laid out."""

import hashlib
import json
from typing import Any

_ORDERED = ("crises", "clauses", "measures")
"""Here the order is part of the content: it numbers the rows and breaks ties between clauses."""


def digest(data: dict[str, Any]) -> str:
    """SHA-256 of plain data, in hexadecimal."""
    text = json.dumps(_canonical(data), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: Any, ordered: bool = False) -> Any:
    if isinstance(value, dict):
        pairs = [[key, _canonical(below, key in _ORDERED)] for key, below in value.items()]
        return pairs if ordered else sorted(pairs, key=lambda pair: str(pair[0]))
    if isinstance(value, list | tuple):
        return [_canonical(below) for below in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)  # 25 and 25.0 are one number
    return value
