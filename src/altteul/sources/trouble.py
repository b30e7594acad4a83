"""What can go wrong with a public feed, each as one Korean sentence that says what to do.

AltteulError → SourceError → FeedError(source title, trouble). No sentence holds an address or a
key: a query string carries the key of a person.
"""

from __future__ import annotations

from enum import StrEnum

from altteul.errors import SourceError


class Trouble(StrEnum):
    """The sort of trouble; decides whether another try, another feed or a person can help."""

    DOWN = "down"
    SLOW = "slow"
    LIMITED = "limited"
    BLOCKED = "blocked"
    NO_KEY = "no_key"
    KEY = "key"
    REQUEST = "request"
    CHANGED = "changed"


ADVICE = {
    Trouble.DOWN: "연결되지 않거나 고장입니다. 인터넷을 확인하고 잠시 뒤 다시 받아 주세요.",
    Trouble.SLOW: "응답이 너무 느립니다. 잠시 뒤 다시 받으면 멈춘 데서 이어 받습니다.",
    Trouble.LIMITED: "요청 한도를 넘었습니다. 한도가 풀린 뒤(보통 다음 날) 다시 받아 주세요.",
    Trouble.BLOCKED: "이곳에서의 접속을 막았습니다. 국내 인터넷에서 받거나 다른 출처를 쓰세요.",
    Trouble.NO_KEY: "인증키가 있어야 받을 수 있습니다. 무료로 발급받아 설정에 적어 주세요.",
    Trouble.KEY: "인증키를 받아들이지 않습니다. 설정의 인증키를 확인해 주세요.",
    Trouble.REQUEST: "요청을 거절했습니다. 날짜나 품목을 바꾸어 다시 받아 주세요.",
    Trouble.CHANGED: "응답의 모양이 문서와 다릅니다. 형식이 바뀐 듯하니 새 판이 있는지 보세요.",
}


class FeedError(SourceError):
    """One feed failed; nothing that was recorded before is lost."""

    def __init__(self, title: str, trouble: Trouble, detail: str = "") -> None:
        self.title = title
        self.trouble = trouble
        self.detail = detail
        inner = f" ({detail})" if detail else ""
        super().__init__(f"{title}: {ADVICE[trouble]}{inner}")
