from __future__ import annotations

import logging
import socket
import ssl
import threading

import httpx
import pytest

from altteul.settings import Settings
from altteul.sources.transport import Transport, old_tls
from altteul.sources.trouble import FeedError, Trouble

TITLE = "시험 출처"


def trouble_of(transport: Transport, url: str, **params: str) -> FeedError:
    with pytest.raises(FeedError) as caught:
        transport.get(TITLE, url, params)
    return caught.value


def test_a_good_reply_comes_as_text_and_a_pause_follows(feed, transport, waits):
    feed.say("안녕")
    assert transport.get(TITLE, feed.url, {"q": "배추 무"}) == "안녕"
    assert feed.asked[0].query == {"q": "배추 무"}
    assert waits == [0.125]


def test_a_browser_is_what_the_feed_sees(feed, transport):
    feed.say("ok")
    transport.get(TITLE, feed.url)
    assert feed.asked[0].headers["User-Agent"].startswith("Mozilla/5.0")
    assert "application/json" in feed.asked[0].headers["Accept"]


def test_a_406_is_told_as_blocked_and_not_tried_again(feed, transport, answer):
    feed.say(answer(status=406))
    error = trouble_of(transport, feed.url)
    assert error.trouble is Trouble.BLOCKED
    assert TITLE in str(error)
    assert "막았습니다" in str(error)
    assert len(feed.asked) == 1


def test_too_many_requests_waits_as_long_as_the_feed_says(feed, transport, waits, answer):
    feed.say(answer(status=429, headers={"Retry-After": "7"}), answer("ok"))
    assert transport.get(TITLE, feed.url) == "ok"
    assert waits == [7.0, 0.125]


def test_an_absurd_retry_after_is_not_obeyed(feed, transport, waits, answer):
    feed.say(answer(status=429, headers={"Retry-After": "86400"}), answer("ok"))
    transport.get(TITLE, feed.url)
    assert waits[0] == 30.0


def test_a_limit_that_stays_is_told_as_a_limit(feed, transport, answer):
    feed.say(answer(status=429))
    error = trouble_of(transport, feed.url)
    assert error.trouble is Trouble.LIMITED
    assert len(feed.asked) == 4


def test_a_server_error_that_passes_is_not_noticed(feed, transport, waits, answer):
    feed.say(answer(status=503), answer(status=500), answer("ok"))
    assert transport.get(TITLE, feed.url) == "ok"
    assert len(waits) == 3
    assert waits[1] > waits[0] - 1  # the second wait is longer, up to the jitter


def test_a_server_error_that_stays_is_told_as_down(feed, transport, answer):
    feed.say(answer(status=500))
    assert trouble_of(transport, feed.url).trouble is Trouble.DOWN


def test_a_slow_reply_is_tried_again_and_then_told_as_slow(feed, transport, answer):
    feed.say(answer("late", delay=1.0))
    error = trouble_of(transport, feed.url)
    assert error.trouble is Trouble.SLOW
    assert len(feed.asked) == 4


def test_a_slow_reply_that_recovers_is_taken(feed, transport, answer):
    feed.say(answer("late", delay=1.0), answer("ok"))
    assert transport.get(TITLE, feed.url) == "ok"


def test_a_reply_that_trickles_for_ever_is_given_up(settings, waits):
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def trickle(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not stop.wait(0.05):
            try:
                connection.sendall(b".")
            except OSError:
                return

    def serve() -> None:
        for _ in range(4):
            threading.Thread(target=trickle, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    impatient = settings.model_copy(update={"read_seconds": 0.1})
    with Transport(impatient, sleep=waits.append) as transport:
        error = trouble_of(transport, f"http://127.0.0.1:{listener.getsockname()[1]}")
    stop.set()
    listener.close()
    assert error.trouble is Trouble.SLOW


def test_a_connection_cut_in_the_middle_is_tried_again(feed, transport, answer):
    feed.say(answer("half", cut=True), answer("whole"))
    assert transport.get(TITLE, feed.url) == "whole"


def test_a_connection_that_is_always_cut_is_told_as_down(feed, transport, answer):
    feed.say(answer("half", cut=True))
    assert trouble_of(transport, feed.url).trouble is Trouble.DOWN


def test_nobody_listening_is_told_as_down(transport):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert trouble_of(transport, f"http://127.0.0.1:{port}").trouble is Trouble.DOWN


def test_an_old_server_whose_tls_fails_is_asked_over_plain_http(feed, transport):
    feed.say("ok")
    assert transport.get(TITLE, feed.url.replace("http:", "https:"), old_server=True) == "ok"


def test_tls_never_gives_way_for_any_other_server(feed, transport):
    feed.say("ok")
    assert trouble_of(transport, feed.url.replace("http:", "https:")).trouble is Trouble.DOWN
    assert not feed.asked


def test_certificates_are_verified_even_of_old_servers():
    context = old_tls()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_a_key_is_in_no_message_and_no_log(feed, settings, transport, answer, caplog):
    key = settings.data_go_kr_key.get_secret_value()
    caplog.set_level(logging.DEBUG)
    feed.say(answer(f"denied for {key}", status=403))
    error = trouble_of(transport, feed.url, serviceKey=key)
    told = str(error) + caplog.text + repr(error)
    for secret in (key, httpx.QueryParams({"k": key})):
        assert str(secret).removeprefix("k=") not in told
    assert feed.asked[0].query["serviceKey"] == key


def test_the_time_limits_are_those_that_the_feeds_need():
    assert Settings.model_fields["connect_seconds"].default == 8.0
    assert Settings.model_fields["read_seconds"].default >= 27.0  # a year of KAMIS took 16-27 s
