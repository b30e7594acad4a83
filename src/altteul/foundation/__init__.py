"""알뜰's own time-series foundation model: small, open, zero-shot, run by onnxruntime.

    from altteul.foundation import predict
    predict([3980, 4200, 4100, …], horizon=28, freq="daily").interval(0.8)

Usable on its own; the page is docs/topics/foundation.md. Nothing heavy loads before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from altteul.foundation.model import Forecast, Model, load_model, predict

__all__ = ["Forecast", "Model", "load_model", "predict"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from altteul.foundation import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
