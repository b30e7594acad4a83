"""Words that may stand between a name and its amount without parting them."""

from __future__ import annotations

import re

SMALL = re.compile(
    r"(?:이랑|랑|하고|하구|으로다가|으로|로|을|를|이나|나|이|가|은|는|과|와|도|만|의|에|좀|"
    r"들|요|한(?=\s|$)|약|정도|딱|더|그거|것|걸로|걸|거|게|"
    r"필요하\S*|사(?:려\S*|서|고|야\S*|자|다)|껄|제일|먹을|먹게|줘|담을|큰|작은|굵은|"
    r"좋은|싱싱한|신선한|깐|깐거|안|빨간|노란|파란|"
    r"초록|매운|안\s*매운|덜\s*익은|잘\s*익은|"
    r"국거리|찌개용|구이용|불고기용|볶음용|수육용|김장용|국물용|조림용|카레용|대용량|생|"
    r"중간|중|특|상|순살|절단|손질한|손질된|세척|다진|채썬|국산|"
    r"(?:애들|아이들?|아기|어른|손님)(?:용|꺼|거|것)?|냉동|냉장|생물|말린|건|햇|삶은|쓸|쪄|넣을|끓일|부칠|것만|한판)+"
)
"""Particles, and remarks on the goods."""

JOINED = re.compile(r"\s*(?:이랑|랑|하고|과|와|,|나|이나|도|그리고|및)?\s*")
"""What joins one name to the next: 깻잎이랑 당근."""
