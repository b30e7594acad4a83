"""연습용(가상): the simulated world that `altteul demo` fills a data folder with."""

from __future__ import annotations

from altteul.sources.description import Grade, SourceDescription
from altteul.sources.observation import Stage

SOURCE = SourceDescription(
    key="practice",
    title="연습용(가상) 가격",
    what="열쇠나 파일 없이 써 보도록 씨앗값으로 지어낸 판매처와 가격",
    publisher="알뜰",
    licence="Apache-2.0",
    attribution="연습용(가상): 실제 조사가격이 아닙니다",
    link="",
    stages=(Stage.RETAIL, Stage.WHOLESALE),
    keyless=True,
    grade=Grade.PRACTICE,
    simulated=True,
)
