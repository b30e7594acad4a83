from __future__ import annotations

import pytest

from altteul.sources.gateway import GATEWAY_ERRORS, body_of, check_gateway, paged_items, read_json
from altteul.sources.trouble import ADVICE, FeedError, Trouble

TITLE = "시험 출처"
XML = (
    "<OpenAPI_ServiceResponse><cmmMsgHeader><returnAuthMsg>{}</returnAuthMsg>"
    "<returnReasonCode>{}</returnReasonCode></cmmMsgHeader></OpenAPI_ServiceResponse>"
)


@pytest.mark.parametrize("code", sorted(GATEWAY_ERRORS))
def test_every_gateway_error_is_a_sentence_with_its_code_and_what_to_do(code):
    name, meaning, trouble = GATEWAY_ERRORS[code]
    with pytest.raises(FeedError) as caught:
        check_gateway(TITLE, XML.format(name, code))
    told = str(caught.value)
    assert told.startswith(TITLE)
    assert meaning in told
    assert code in told
    assert ADVICE[trouble] in told


def test_an_error_in_plain_text_is_known_by_its_name():
    with pytest.raises(FeedError) as caught:
        check_gateway(TITLE, "SERVICE KEY IS NOT REGISTERED ERROR.")
    assert caught.value.trouble is Trouble.KEY


def test_a_saved_error_document_is_told_as_a_wrong_key(saved):
    with pytest.raises(FeedError, match="등록되지 않은 인증키, 코드 30"):
        check_gateway(TITLE, saved("written_data_go_kr_wrong_key.xml"))


def test_an_unknown_code_is_still_an_error():
    with pytest.raises(FeedError, match="코드 77"):
        check_gateway(TITLE, XML.format("SOMETHING", "77"))


def test_json_that_speaks_of_errors_is_no_gateway_error():
    check_gateway(TITLE, '{"note": "UNKNOWN_ERROR is a word here"}')


@pytest.mark.parametrize("code", ["0", "00"])
def test_both_spellings_of_success_are_success(code):
    document = {"response": {"header": {"resultCode": code}, "body": {"items": []}}}
    assert body_of(TITLE, document) == ([], 0)


def test_a_missing_wrapper_and_a_plain_list_are_read():
    assert body_of(TITLE, {"header": {"resultCode": "00"}, "body": {"items": [{"a": 1}]}}) == (
        [{"a": 1}],
        1,
    )


@pytest.mark.parametrize("document", [[], {"response": {"body": {}}}, {"rows": []}])
def test_another_shape_is_told_as_changed(document):
    with pytest.raises(FeedError) as caught:
        body_of(TITLE, document)
    assert caught.value.trouble is Trouble.CHANGED


@pytest.mark.parametrize("text", ["", "  ", "{", "<html>"])
def test_broken_json_is_told_as_changed(text):
    with pytest.raises(FeedError) as caught:
        read_json(TITLE, text)
    assert caught.value.trouble is Trouble.CHANGED


def test_a_missing_key_names_the_setting(transport):
    with pytest.raises(FeedError, match="ALTTEUL_DATA_GO_KR_KEY"):
        list(paged_items(transport, TITLE, "http://127.0.0.1:1", None, {}))


def test_pages_that_never_end_are_given_up(settings):
    class Endless:
        def get(self, *_: object) -> str:
            return '{"response":{"body":{"totalCount":1000000000,"items":[{"a":"1"}]}}}'

    with pytest.raises(FeedError, match="끝나지 않음"):
        list(paged_items(Endless(), TITLE, "http://feed", settings.data_go_kr_key, {}))
