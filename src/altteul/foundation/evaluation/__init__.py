"""How the model is measured: the Chronos zero-shot protocol and GIFT-Eval's windows."""

from __future__ import annotations

from altteul.foundation.evaluation.datasets import SeriesSet, load_folder, load_set
from altteul.foundation.evaluation.protocol import Scores, score_forecast, seasonal_naive

__all__ = ["Scores", "SeriesSet", "load_folder", "load_set", "score_forecast", "seasonal_naive"]
