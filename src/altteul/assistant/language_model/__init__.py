"""A language model, optional and off by default: it may read and phrase, never compute."""

from altteul.assistant.language_model.endpoint import Endpoint, ModelFailedError
from altteul.assistant.language_model.phrasing import Phrased, phrase
from altteul.assistant.language_model.reading import ModelReading, read_with_model

__all__ = [
    "Endpoint",
    "ModelFailedError",
    "ModelReading",
    "Phrased",
    "phrase",
    "read_with_model",
]
