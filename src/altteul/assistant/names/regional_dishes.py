"""What dishes are called in the regions: 부추전 is 정구지찌짐, 갓김치 갓지, 콩나물국 콩지름국."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from altteul.catalog import Catalog

_ENDINGS = {
    "전": ("찌짐", "지짐", "찌짐이", "지짐이", "부침개", "부치미", "부침", "적", "찌지미"),
    "김치": ("지", "짐치", "짐채"),
    "조림": ("찌짐", "지짐", "쪼림"),
}
_NO_PICKLE = frozenset({"백", "파", "배추", "물", "나박"})
"""백지 is paper, 파지 too: only other kimchi is called so."""


def regional_dishes(dishes: Iterable[str], catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Pairs of a regional name and the name it stands for: the goods in it by their dialect words,
    and the way it is made by those of the regions. Names are without spaces."""
    dialects = [
        (form, word)
        for item in catalog.items.values()
        for form in (item.name, *item.aliases)
        for word in item.dialect
    ]
    for dish in dishes:
        forms = [dish]
        for form, word in dialects:
            if dish.startswith(form) and dish != form and (len(form) > 1 or len(dish) < 4):
                forms.append(word + dish[len(form) :])
        for form in forms:
            yield form, dish
            yield from ((other, dish) for other in _made_otherwise(form))


def _made_otherwise(form: str) -> Iterator[str]:
    for ending, others in _ENDINGS.items():
        stem = form.removesuffix(ending)
        if stem and stem != form and not (ending == "김치" and stem in _NO_PICKLE):
            yield from (stem + other for other in others)
