"""Fetching as a whole: real HTTP, a recorder that remembers, and everything that may go wrong."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from altteul.errors import InputError, StorageError
from altteul.sources import fetching
from altteul.sources.checkpoint import CHECKPOINT_FILE, Checkpoint
from altteul.sources.fetching import FetchError, fetch, usable_sources
from altteul.sources.trouble import FeedError, Trouble

TODAY = date(2026, 1, 7)  # a Wednesday


class Memory:
    """A recorder that keeps the harvests."""

    def __init__(self) -> None:
        self.harvests = []
        self.origins = []

    def __call__(self, harvest, *, origin):
        self.harvests.append(harvest)
        self.origins.append(origin)
        return harvest.observations.height


@pytest.fixture(autouse=True)
def _fixed_today(monkeypatch):
    monkeypatch.setattr(fetching, "today", lambda: TODAY)


@pytest.fixture
def record() -> Memory:
    return Memory()


@pytest.fixture
def run(settings, catalog, transport, record):
    def call(*sources, **options):
        return fetch(
            record, settings, catalog=catalog, sources=sources, transport=transport, **options
        )

    return call


def days_asked(feed) -> list[str]:
    return list(dict.fromkeys(a.query["p_regday"] for a in feed.asked if "p_regday" in a.query))


def serve(feed, saved, answer, *, surveyed=(), broken=None):
    """KAMIS with prices of vegetables on the surveyed days; a broken answer from a day on."""
    text = saved("written_kamis_daily.json")
    nothing = saved("written_kamis_no_data.json")

    def reply(asked):
        day = asked.query.get("p_regday", "")
        if broken and day in broken:
            return broken[day]
        vegetables = asked.query.get("p_item_category_code") == "200"
        if day in surveyed and vegetables and asked.query["p_product_cls_code"] == "01":
            moment = date.fromisoformat(day)
            return answer(text.replace("(01/05)", f"({moment:%m/%d})").replace("2026-01-05", day))
        return answer(nothing)

    feed.answer = reply


def test_the_newest_survey_is_found_by_walking_back(feed, saved, answer, run, record):
    serve(feed, saved, answer, surveyed={"2026-01-05"})
    outcomes = run("kamis")
    assert days_asked(feed) == ["2026-01-07", "2026-01-06", "2026-01-05"]
    assert record.harvests[-1].observations["date"].max() == date(2026, 1, 5)
    assert [what for what, _ in outcomes] == ["KAMIS 농수산물 유통정보 2026-01-05"]


def test_nobody_walks_back_more_than_seven_days(feed, saved, answer, run, record):
    serve(feed, saved, answer)
    assert run("kamis") == []
    assert days_asked(feed)[-1] == "2025-12-31"
    assert record.harvests == []


def test_a_period_is_resumed_where_it_stopped(feed, saved, answer, run, record):
    surveyed = {"2026-01-02", "2026-01-05", "2026-01-06"}
    serve(feed, saved, answer, surveyed=surveyed, broken={"2026-01-02": answer(status=500)})
    with pytest.raises(FetchError, match="고장"):
        run("kamis", since=date(2026, 1, 1))
    assert len(record.harvests) == 2
    feed.asked.clear()
    serve(feed, saved, answer, surveyed=surveyed)
    run("kamis", since=date(2026, 1, 1))
    assert days_asked(feed) == ["2026-01-07", "2026-01-02", "2026-01-01"]
    assert len(record.harvests) == 3


def test_a_day_that_may_still_be_filled_in_is_asked_again(feed, saved, answer, run):
    serve(feed, saved, answer, surveyed={"2026-01-05"})
    run("kamis", since=date(2026, 1, 5), until=date(2026, 1, 6))
    feed.asked.clear()
    run("kamis", since=date(2026, 1, 5), until=date(2026, 1, 6))
    assert days_asked(feed) == ["2026-01-06"]


def test_an_old_day_without_survey_is_asked_only_once(feed, saved, answer, run):
    serve(feed, saved, answer)
    run("kamis", since=date(2025, 12, 25), until=date(2025, 12, 25))
    feed.asked.clear()
    run("kamis", since=date(2025, 12, 25), until=date(2025, 12, 25))
    assert feed.asked == []


def test_the_future_is_not_asked_for(feed, saved, answer, run):
    serve(feed, saved, answer)
    run("kamis", since=TODAY, until=TODAY + timedelta(days=5))
    assert days_asked(feed) == ["2026-01-07"]


def test_the_message_says_what_failed_and_what_was_kept(feed, saved, answer, run):
    serve(feed, saved, answer, surveyed={"2026-01-06"}, broken={"2026-01-05": answer(status=503)})
    with pytest.raises(FetchError) as caught:
        run("kamis", since=date(2026, 1, 5))
    assert "KAMIS" in str(caught.value)
    assert "1묶음은 저장했습니다" in str(caught.value)
    assert len(caught.value.outcomes) == 1
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("how", "trouble"),
    [
        ({"status": 503}, Trouble.DOWN),
        ({"status": 429}, Trouble.LIMITED),
        ({"delay": 0.8}, Trouble.SLOW),
        ({"status": 403}, Trouble.KEY),
        ({"body": '{"condition":[],"data":["900"]}'}, Trouble.KEY),
        ({"body": '{"condition":[],"data":["200"]}'}, Trouble.REQUEST),
        ({"body": '{"new":"shape"}'}, Trouble.CHANGED),
        ({"body": "<html>점검 중입니다</html>"}, Trouble.CHANGED),
        ({"cut": True}, Trouble.DOWN),
    ],
)
def test_every_sort_of_trouble_is_one_clear_sentence(feed, answer, run, record, how, trouble):
    feed.say(answer(**how))
    with pytest.raises(FetchError) as caught:
        run("kamis")
    (error,) = caught.value.errors
    assert isinstance(error, FeedError)
    assert error.trouble is trouble
    assert record.harvests == []
    assert "\n" not in str(caught.value)


def test_no_message_and_no_log_holds_the_key(feed, answer, run, settings, caplog):
    caplog.set_level(0)
    feed.say(answer(status=500))
    with pytest.raises(FetchError) as caught:
        run("kamis", "data_go_kr", "price_go_kr", "seoul_shops", "traditional_markets")
    key = settings.data_go_kr_key.get_secret_value()
    assert len(caught.value.errors) == 5
    told = f"{caught.value}{caplog.text}"
    assert key not in told
    assert key.split("/")[0] not in told


def test_one_feed_that_is_down_does_not_stop_the_others(feed, saved, answer, run, record):
    def reply(asked):
        if "xml.do" in asked.path:
            return answer(status=503)
        return answer(saved("written_traditional_markets.json"))

    feed.answer = reply
    with pytest.raises(FetchError) as caught:
        run("kamis", "traditional_markets")
    assert [h.source for h in record.harvests] == ["traditional_markets"]
    assert len(caught.value.errors) == 1


def test_where_kamis_is_blocked_the_mirror_is_asked(feed, saved, answer, run, record):
    def reply(asked):
        if "xml.do" in asked.path:
            return answer(status=406)
        return answer(saved("written_data_go_kr_recent.json"))

    feed.answer = reply
    run("kamis")
    assert [h.source for h in record.harvests] == ["data_go_kr"]


def test_where_kamis_is_blocked_and_there_is_no_key_for_the_mirror_it_is_told(
    feed, answer, settings, catalog, transport, record
):
    feed.say(answer(status=406))
    keyless = settings.model_copy(update={"data_go_kr_key": None})
    with pytest.raises(FetchError, match="막았습니다"):
        fetch(record, keyless, catalog=catalog, sources=["kamis"], transport=transport)


def test_a_friday_without_survey_leads_to_the_friday_before(feed, saved, answer, run, record):
    def reply(asked):
        if "getProductInfoSvc" in asked.path:
            return answer(saved("written_price_go_kr_products.xml"))
        if "getStoreInfoSvc" in asked.path:
            return answer(saved("written_price_go_kr_stores.xml"))
        surveyed = asked.query["goodInspectDay"] == "20251226"
        name = "written_price_go_kr_prices.xml" if surveyed else "written_price_go_kr_empty.xml"
        return answer(saved(name).replace("20260925", "20251226"))

    feed.answer = reply
    run("price_go_kr")
    fridays = [a.query["goodInspectDay"] for a in feed.asked if "goodInspectDay" in a.query]
    assert fridays == ["20260102", "20251226"]
    assert record.harvests[-1].observations["date"].max() == date(2025, 12, 26)


def test_keys_of_one_s_own_are_asked_for_by_the_name_of_their_setting(
    settings, catalog, transport, record
):
    keyless = settings.model_copy(update={"data_go_kr_key": None})
    with pytest.raises(FetchError, match="ALTTEUL_DATA_GO_KR_KEY"):
        fetch(record, keyless, catalog=catalog, sources=["price_go_kr"], transport=transport)


def test_without_any_key_kamis_is_fetched_with_its_test_key(tmp_path, monkeypatch):
    for name in ("DATA_GO_KR_KEY", "SEOUL_KEY", "KAMIS_CERT_KEY", "KAMIS_CERT_ID"):
        monkeypatch.delenv(f"ALTTEUL_{name}", raising=False)
    assert usable_sources(fetching.Settings(home=tmp_path)) == ["kamis"]


def test_keys_make_their_sources_usable(settings):
    assert usable_sources(settings) == [
        "data_go_kr",
        "kamis",
        "price_go_kr",
        "seoul_shops",
        "traditional_markets",
    ]


def test_a_source_that_is_only_a_file_cannot_be_fetched(run):
    with pytest.raises(InputError, match="파일로 넣어"):
        run("tidy_csv")


def test_progress_goes_from_nothing_to_all(feed, saved, answer, run):
    serve(feed, saved, answer, surveyed={"2026-01-06"})
    seen = []
    run("kamis", since=date(2026, 1, 5), progress=lambda what, share: seen.append((what, share)))
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert "2026-01-06" in seen[1][0]


def test_a_recorder_that_fails_leaves_the_step_to_be_done_again(
    feed, saved, answer, settings, catalog, transport
):
    serve(feed, saved, answer, surveyed={"2026-01-05"})

    def full_disk(harvest, *, origin):
        raise StorageError("디스크가 가득 찼습니다.")

    options = {"catalog": catalog, "sources": ["kamis"], "transport": transport}
    with pytest.raises(StorageError):
        fetch(full_disk, settings, since=date(2026, 1, 5), until=date(2026, 1, 5), **options)
    assert not (settings.home / CHECKPOINT_FILE).exists()


def test_a_damaged_checkpoint_counts_as_empty(tmp_path):
    (tmp_path / CHECKPOINT_FILE).write_text('["a", ')
    checkpoint = Checkpoint(tmp_path)
    assert not checkpoint.is_done("a")
    checkpoint.tick("b")
    assert json.loads((tmp_path / CHECKPOINT_FILE).read_text()) == ["b"]
    assert Checkpoint(tmp_path).is_done("b")


def test_a_checkpoint_that_cannot_be_written_is_told(tmp_path):
    blocked = tmp_path / "home"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="적을 수 없습니다"):
        Checkpoint(blocked).tick("a")
