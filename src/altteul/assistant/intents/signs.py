"""What a sentence shows of its intent, as named signs: its words, endings and letters, what was
read, and the cues of the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from altteul.assistant.intents.reading import NUMBER, Reading
from altteul.assistant.names.morphemes import Morpheme
from altteul.assistant.speech.word_lists import cue, cue_names

_LENGTHS = (2, 3, 4)
"""Runs of so many letters are signs."""


def signs_of(reading: Reading) -> dict[str, float]:
    """Every sign with its weight; the weights of a kind have a fixed length (L2), so that a long
    sentence counts no more than a short one."""
    weights: dict[str, float] = {}
    for kind, length in _KINDS.items():
        found = sorted(set(kind(reading)))
        weights |= dict.fromkeys(found, length / len(found) ** 0.5 if found else 0.0)
    return weights


def _words(reading: Reading) -> Iterator[str]:
    words = ["^", *_in_classes(reading), "$"]
    yield from (f"word {word}" for word in words[1:-1])
    yield from (f"pair {a} {b}" for a, b in zip(words, words[1:], strict=False))
    yield from (f"around {a} {c}" for a, c in zip(words, words[2:], strict=False))


def _in_classes(reading: Reading) -> list[str]:
    """Morphemes with their part of speech, those of a class as its letter, each run of it once."""
    words: list[str] = []
    for morpheme in reading.sentence.morphemes:
        word = _in_class(morpheme, reading)
        if not (len(word) == 1 and word in words[-1:]):
            words.append(word)
    return words


def _in_class(morpheme: Morpheme, reading: Reading) -> str:
    for span in reading.spans:
        if span.start <= morpheme.start < span.end:
            return span.letter
    return NUMBER if morpheme.tag in ("SN", "NR") else f"{morpheme.form}/{morpheme.tag[:2]}"


def _letters(reading: Reading) -> Iterator[str]:
    line = f"^{re.sub(r'[^가-힣ㄱ-ㅎㅏ-ㅣ?①-⑦]+', ' ', reading.shown).strip()}$"
    for length in _LENGTHS:
        yield from (f"letters {line[i : i + length]}" for i in range(len(line) - length + 1))


def _endings(reading: Reading) -> Iterator[str]:
    """How the sentence begins and ends, and what its clauses end in."""
    words = _in_classes(reading)
    yield from ("last " + " ".join(words[-length:]) for length in (1, 2, 3, 4))
    line = re.sub(r"[^가-힣①-⑦ ]+", "", reading.shown).strip()
    yield from (f"ends {line[-length:]}" for length in (2, 3, 4, 5, 6))
    yield from (f"begins {line[:length]}" for length in (2, 3, 4))
    clauses = (m.form for m in reading.sentence.morphemes if m.tag in ("EC", "EF"))
    yield from (f"clause {ending}" for ending in clauses)


def _evidence(reading: Reading) -> Iterator[str]:
    said = reading.evidence
    yield "any"
    for name in ("foods", "amounts", "dishes", "channels", "names"):
        yield f"{name} {min(getattr(said, name), 2)}"
    for name in ("people", "conditions", "excluded", "replaced", "dated"):
        yield f"{name} {getattr(said, name)}"
    yield f"rest {min(said.rest // 4, 5)}"
    yield f"length {min(len(said.text) // 8, 5)}"


def _cues(reading: Reading) -> Iterator[str]:
    text = reading.evidence.text
    yield "cue"
    yield from (f"cue {name}" for name in cue_names() if cue(name).search(text))


_KINDS: Mapping[Callable[[Reading], Iterator[str]], float] = {
    _words: 3.0, _letters: 3.0, _endings: 1.5, _evidence: 0.7, _cues: 1.0,
}  # fmt: skip
"""The kinds of signs and their lengths, chosen by leaving whole authors out."""
