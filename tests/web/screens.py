"""Every screen of the tiny world, as an address."""

PLAN = "/plan?need=배추 2포기, 달걀 30개, 도라지 1kg&near=연습구 가나동&on=2026-05-29&mode=walk"
SCREENS = {
    "ask": "/",
    "plan": PLAN,
    "item": "/item/배추?near=연습구&on=2026-05-29",
    "trouble": "/plan?need=용가리&near=연습구",
    "today": "/today?near=연습구&on=2026-05-29",
    "today-ask": "/today",
    "dishes": "/dishes?near=연습구&on=2026-05-29&find=배추",
    "sentence": "/plan?need=내일 네 명 비빔밥 재료 3만원에 어디서 사지?&near=연습구&on=2026-05-29",
    "no-place": "/plan?need=내일 네 명이 먹을 비빔밥 재료 어디서 사지?",
    "which": "/plan?need=고기 만 원어치랑 배추 한 포기 어디가 싸?&near=연습구",
    "told": "/plan?need=어떻게 쓰는 거야?",
    "item-why": "/item/배추?near=연습구&on=2026-05-29&about=why",
    "list": "/list",
    "settings": "/settings",
    "offline": "/offline",
    "record": "/record",
    "sources": "/sources",
    "about": "/about",
}
