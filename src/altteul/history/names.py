"""Names of sellers brought to one form, so that spellings of the same shop can be compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# 체인 이름의 여러 표기 → 하나의 표기. 이마트와 이마트에브리데이처럼 다른 업태는 다른 체인이다.
CHAINS = {
    "농협하나로마트": "하나로마트", "농협하나로클럽": "하나로마트", "농협하나로유통": "하나로마트",
    "농협유통하나로마트": "하나로마트", "농협유통": "하나로마트", "하나로마트": "하나로마트",
    "하나로클럽": "하나로마트",
    "롯데슈퍼프레시앤델리": "롯데슈퍼", "롯데슈퍼프레시": "롯데슈퍼", "롯데슈퍼": "롯데슈퍼",
    "롯데프레시앤델리": "롯데슈퍼", "롯데프레시": "롯데슈퍼", "롯데수퍼": "롯데슈퍼",
    "GS더프레시": "GS더프레시", "GSTHEFRESH": "GS더프레시", "GS수퍼마켓": "GS더프레시",
    "GS슈퍼마켓": "GS더프레시", "GS수퍼": "GS더프레시", "GS슈퍼": "GS더프레시",
    "홈플러스익스프레스": "홈플러스익스프레스", "홈플러스": "홈플러스",
    "이마트에브리데이": "이마트에브리데이", "이마트트레이더스": "이마트트레이더스",
    "이마트24": "이마트24", "이마트": "이마트",
    "롯데마트맥스": "롯데마트맥스", "롯데마트": "롯데마트", "롯데백화점": "롯데백화점",
    "현대백화점": "현대백화점", "신세계백화점": "신세계백화점", "NC백화점": "NC백화점",
    "AK플라자": "AK플라자", "AK백화점": "AK플라자", "갤러리아백화점": "갤러리아백화점",
    "코스트코홀세일": "코스트코", "코스트코코리아": "코스트코", "코스트코": "코스트코",
    "킴스클럽": "킴스클럽", "메가마트": "메가마트",
}  # fmt: skip
_CHAIN_SPELLINGS = sorted(CHAINS, key=len, reverse=True)

# 시장의 종류를 말하는 낱말: 명부마다 넣기도 빼기도 한다 (우림시장 = 우림골목시장).
_KIND_OF_MARKET = re.compile(r"(?:전통|재래|골목|종합|상설|공설)+(?=시장)|상점가$|일대$")
_LEGAL_FORM = re.compile(r"\(주\)|㈜|주식회사|\(유\)|\(합\)")
_BRACKETED = re.compile(r"[(\[（]([^)\]）]*)[)\]）]")
_NOT_A_LETTER = re.compile(r"[^0-9A-Z가-힣]")
_BRANCH_ENDING = re.compile(r"(?:가맹점|직영점|지점|점)$")
_DONG = re.compile(r"[가-힣]+\d*동$")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A seller's name taken apart.

    `chain` is the chain's one spelling, or None. `core` is the name without spaces, brackets and
    legal forms; for a chain it is the branch ("공릉"). `aliases` are other names that stood in
    brackets ("목동깨비시장 (목3동시장)"), `hints` the dongs that stood there. `loose` is a market's
    core without the words for its kind.
    """

    chain: str | None
    core: str
    loose: str
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Every name by which the seller goes, core first among equals."""
        return frozenset((self.core, *self.aliases))


@lru_cache(maxsize=16_384)
def name_form(name: str) -> NameForm:
    """'롯데슈퍼프레시 공릉점' and '롯데슈퍼공릉점' → chain 롯데슈퍼, core 공릉."""
    legal = _LEGAL_FORM.sub(" ", name)
    inside = [part.removeprefix("구 ").strip() for part in _BRACKETED.findall(legal)]
    outside = _compact(_BRACKETED.sub(" ", legal))
    hints = tuple(part for part in map(_compact, inside) if _DONG.fullmatch(part))
    others = tuple(part for part in map(_compact, inside) if part.endswith(("시장", "상가")))
    chain, core = _split_chain(outside or _compact(legal))
    return NameForm(chain, core, _KIND_OF_MARKET.sub("", core), others, hints)


def _compact(text: str) -> str:
    """Capitals, digits and syllables only; '&' reads 앤."""
    return _NOT_A_LETTER.sub("", text.upper().replace("&", "앤"))


def _split_chain(name: str) -> tuple[str | None, str]:
    for spelling in _CHAIN_SPELLINGS:
        if name.startswith(spelling):
            branch = _BRANCH_ENDING.sub("", name.removeprefix(spelling))
            return CHAINS[spelling], branch
    return None, name
