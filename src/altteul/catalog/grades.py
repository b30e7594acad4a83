"""KAMIS grade codes and survey classes (SOURCES B1.5)."""

from __future__ import annotations

GRADES: dict[str, str] = {
    "00": "등급없음", "04": "상품", "05": "중품", "07": "유기농", "08": "무농약",
    "13": "S과", "14": "M과", "15": "M과", "16": "S과", "19": "특大", "20": "大", "21": "中",
    "22": "小", "24": "L과", "25": "M과", "27": "대멸", "28": "중멸", "29": "세멸", "71": "일반란",
}  # fmt: skip
DEFAULT_GRADE = "04"
STAGES: dict[str, str] = {"01": "retail", "02": "wholesale", "07": "eco"}


def grade_name(code: str) -> str | None:
    """Return the Korean name of a KAMIS `p_productrankcode`; '4' is read as '04'."""
    return GRADES.get(code.zfill(2))
