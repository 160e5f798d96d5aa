"""Dates of feeds, read right or called doubtful."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitmon.parse import dates

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)

READ = [
    ("Thu, 19 Sep 2024 12:00:00 GMT", None, "2024-09-19T12:00"),
    ("Thu, 19 Sep 2024 12:00:00 +0000", None, "2024-09-19T12:00"),
    ("Thu, 19 Sep 2024 12:00 -0430", None, "2024-09-19T16:30"),
    ("Thu, 19 Sep 2024 24:00:00 -0000", None, "2024-09-20T00:00"),
    ("Sat, 31 Dec 2016 23:59:60 GMT", "Europe/London", "2016-12-31T23:59"),
    ("Wed, 1 May 2024 06:00:00 +0545", "Europe/London", "2024-05-01T00:15"),
    ("19 Sep 24 12:00:00 Z", None, "2024-09-19T12:00"),
    ("Thu, 19 Sep 2024 12:00:00 CET", None, "2024-09-19T11:00"),
    ("Thu, 19 Sep 2024 12:00:00 CEST", None, "2024-09-19T10:00"),
    ("Thu, 19 Sep 2024 12:00:00 WAT", None, "2024-09-19T11:00"),
    ("Thu, 19 Sep 2024 12:00:00 EAT", None, "2024-09-19T09:00"),
    ("Thu, 19 Sep 2024 12:00:00 CAT", None, "2024-09-19T10:00"),
    ("Thu, 19 Sep 2024 12:00:00 SAST", None, "2024-09-19T10:00"),
    ("Thu, 19 Sep 2024 12:00:00 MSK", None, "2024-09-19T09:00"),
    ("Thu, 19 Sep 2024 12:00:00 IST", None, "2024-09-19T06:30"),
    ("Thu, 19 Sep 2024 12:00:00 IST", "Asia/Kolkata", "2024-09-19T06:30"),
    ("Tue, 19 Nov 2024 12:00:00 IST", "Asia/Jerusalem", "2024-11-19T10:00"),
    ("Thu, 19 Sep 2024 12:00:00 IST", "Europe/Dublin", "2024-09-19T11:00"),
    ("Thu, 19 Sep 2024 12:00:00 BST", None, "2024-09-19T11:00"),
    ("Thu, 19 Sep 2024 12:00:00 CST", "Asia/Shanghai", "2024-09-19T04:00"),
    ("Thu, 19 Sep 2024 12:00:00 EDT", None, "2024-09-19T16:00"),
    ("Thu, 19 Sep 2024 12:00:00 GMT+0200", None, "2024-09-19T10:00"),
    ("Thu, 19 Sep 2024 12:00:00 UTC+2", None, "2024-09-19T10:00"),
    ("2024-09-19T12:00:00Z", None, "2024-09-19T12:00"),
    ("2024-09-19T12:00:00.123456+02:00", None, "2024-09-19T10:00"),
    ("2024-09-19t12:00:00z", None, "2024-09-19T12:00"),
    ("20240919T120000Z", None, "2024-09-19T12:00"),
    ("2024-09-19 12:00 +0100", None, "2024-09-19T11:00"),
    ("2024-09-19 12:00:00", "Africa/Bamako", "2024-09-19T12:00"),
    ("2024-09-19 12:00:00", "Asia/Tokyo", "2024-09-19T03:00"),
    ("2024-09-19", "Asia/Tokyo", "2024-09-18T15:00"),
    ("jeu., 19 sept. 2024 12:00:00 +0200", None, "2024-09-19T10:00"),
    ("jeudi 19 septembre 2024 à 12h00 CEST", None, "2024-09-19T10:00"),
    ("1er août 2024 08:30 GMT", None, "2024-08-01T08:30"),
    ("Mer, 07 Fév 2024 10:00:00 +0100", None, "2024-02-07T09:00"),
    ("jueves, 19 de septiembre de 2024 12:00:00 GMT", None, "2024-09-19T12:00"),
    ("Qui, 19 Set 2024 12:00:00 -0300", None, "2024-09-19T15:00"),
    ("19 de dezembro de 2023, 12:00 BRT", None, "2023-12-19T15:00"),
    ("Do, 19 Dez 2024 12:00:00 +0100", None, "2024-12-19T11:00"),
    ("Mittwoch, 6. März 2024 12:00 MEZ", None, "2024-03-06T11:00"),
    ("Чт, 19 сен 2024 12:00:00 +0300", None, "2024-09-19T09:00"),
    ("19 мая 2024 12:00 MSK", None, "2024-05-19T09:00"),
    ("الخميس 19 سبتمبر 2024 12:00 GMT", None, "2024-09-19T12:00"),
    ("١٩ أيلول ٢٠٢٤ ١٢:٠٠ +0300", None, "2024-09-19T09:00"),
    ("19 كانون الثاني 2024 12:00 GMT", None, "2024-01-19T12:00"),
    ("19 تشرين الأول 2024 12:00 GMT", None, "2024-10-19T12:00"),
    ("September 19, 2024 3:05 PM EDT", None, "2024-09-19T19:05"),
    ("Thu Sep 19 12:00:00 UTC 2024", None, "2024-09-19T12:00"),
    ("Thursday, 19-Sep-24 12:00:00 GMT", None, "2024-09-19T12:00"),
    ("12:00 19/09/2024 GMT", None, "2024-09-19T12:00"),
    ("09/19/2024 12:00:00 +0000", None, "2024-09-19T12:00"),
    ("2024/09/19 12:00:00 GMT", None, "2024-09-19T12:00"),
    ("19.09.2024 14:05 Uhr MESZ", None, "2024-09-19T12:05"),
    ("Thu 19 Sep 2024 12.00 CET", None, "2024-09-19T11:00"),
    ("2024-Sep-19 10:00 GMT", None, "2024-09-19T10:00"),
    ("2024年9月19日 20:00", "Asia/Tokyo", "2024-09-19T11:00"),
    ("Thu, 19 Sep 2024 12:00:00 Europe/Paris", None, "2024-09-19T10:00"),
    ("الخميس، 19 أيلول/سبتمبر 2024 - 14:05 GMT", None, "2024-09-19T14:05"),
    ("السبت 21 ديسمبر 2024 10:00 م GMT", None, "2024-12-21T22:00"),
    ("1726747200", None, "2024-09-19T12:00"),
    ("1726747200000", None, "2024-09-19T12:00"),
    ("/Date(1726747200000)/", None, "2024-09-19T12:00"),
    ("/Date(1726747200000+0200)/", None, "2024-09-19T12:00"),
    ("Thu, 19 Sep 2024 12:00:00 TOT", None, "2024-09-18T23:00"),
    ("Thu, 19 Sep 2024 24:00:00 GMT", None, "2024-09-20T00:00"),
    ("Thu, 19 Sep 2024 12:00:00 ChST", None, "2024-09-19T02:00"),
    ("Thu, 19 Sep 2024 12:00:00 MVT", None, "2024-09-19T07:00"),
    ("19 сентября 2024 г., 12:00 (МСК)", None, "2024-09-19T09:00"),
    ("5 يوليوز 2024 12:00 GMT", None, "2024-07-05T12:00"),
    ("Thu, 19 Sep 2024 12:00:00 AST", "Asia/Riyadh", "2024-09-19T09:00"),
    ("Thu, 19 Sep 2024 12:00:00 AST", "America/Puerto_Rico", "2024-09-19T16:00"),
    ("Thu, 19 Sep 2024 12:00:00 BST", "Asia/Dhaka", "2024-09-19T06:00"),
    ("Thu, 19 Sep 2024 12:00:00 GMT", "Asia/Dhaka", "2024-09-19T12:00"),
    ("Thu, 19 Sep 2024 12:00:00 AMT", "America/Manaus", "2024-09-19T16:00"),
    ("Thu, 19 Sep 2024 12:00:00 EST", "Australia/Sydney", "2024-09-19T02:00"),
    ("1er décembre 2024 à 10h +0100", None, "2024-12-01T09:00"),
    ("September 19, 2024 3 p.m. EDT", None, "2024-09-19T19:00"),
]


@pytest.mark.parametrize(("text", "zone", "moment"), READ)
def test_a_date_is_read_right_and_believed(text: str, zone: str | None, moment: str) -> None:
    at, note = dates.read(text, zone, NOW)
    assert at is not None
    assert (at.isoformat()[:16], note) == (moment, None)


DOUBTED = [
    ("", None, "missing"),
    ("   ", None, "missing"),
    ("yesterday", None, "unreadable"),
    ("03/04/2026 10:00 GMT", None, "unreadable"),
    ("Thu, 32 Sep 2024 12:00:00 GMT", None, "unreadable"),
    ("2024-13-45T99:99:99Z", None, "unreadable"),
    ("9" * 400, None, "unreadable"),
    ("Thu, 19 Sep 2024 12:00:00 +9999", None, "unreadable"),
    ("Mon, 01 Jan 2035 00:00:00 GMT", "2035-01-01T00:00", "future"),
    ("Sun, 22 Nov 2026 18:30:00 GMT", "2026-11-22T18:30", "future"),
    ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00", "epoch"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00", "epoch"),
    ("Mon, 01 Jan 0001 00:00:00 Z", "0001-01-01T00:00", "epoch"),
    ("Thu, 19 Sep 2024 12:00:00", "2024-09-19T12:00", "no zone"),
    ("Thu, 19 Sep 2024 12:00:00 XYZT", "2024-09-19T12:00", "no zone"),
    ("2024-09-19", "2024-09-19T00:00", "no zone"),
]


@pytest.mark.parametrize(("text", "moment", "note"), DOUBTED)
def test_a_doubtful_date_says_why_and_is_never_now(text: str, moment: str | None, note: str) -> None:
    at, why = dates.read(text, None, NOW)
    assert (at.isoformat()[:16] if at else None, why) == (moment, note)


def test_a_clock_a_little_ahead_is_not_the_future() -> None:
    assert dates.read("Sun, 22 Nov 2026 18:04:00 GMT", None, NOW)[1] is None


def test_an_unknown_feed_zone_counts_as_none() -> None:
    assert dates.read("2024-09-19 12:00:00", "Mars/Olympus", NOW)[1] == "no zone"


@given(st.text(max_size=60))
def test_any_text_at_all_is_read_or_doubted(text: str) -> None:
    at, note = dates.read(text, None, NOW)
    assert at is not None or note in {"missing", "unreadable"}
