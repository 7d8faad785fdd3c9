"""The starting set of information requests: enough, each its own, and none without a way to do without it."""

from wayforward import parameters


def test_each_request_says_whom_to_ask_how_long_it_takes_and_what_is_done_without_it() -> None:
    rows = parameters.template("information-requests").rows("information_requests")
    assert 15 <= len(rows) <= 25
    for name in ("code", "name", "fallback"):
        assert len({row[name] for row in rows}) == len(rows), name
    assert all(row["asked_of"] and row["owner"] and row["workstream"] and row["section"] for row in rows)
    assert all(1 <= int(str(row["lead_days"])) <= 28 for row in rows)
    assert all(str(row["fallback"]).endswith(".") for row in rows)
